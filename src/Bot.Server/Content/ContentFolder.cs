using Bot.Core.Content;
using Bot.Core.Knowledge;

namespace Bot.Server.Content;

/// <summary>Reads all content files below a folder.</summary>
public static class ContentFolder
{
    private const int LargestFile = 2 * 1024 * 1024;

    private static readonly string[] Endings = [".qna", ".yml", ".txt"];

    /// <summary>The files, with paths that begin with "dialogs/" whatever the folder is called.</summary>
    public static IReadOnlyList<ContentFile> Read(string folder, ICollection<ContentProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (!Directory.Exists(folder))
        {
            problems.Add(new ContentProblem("dialogs", 0, $"The content folder '{folder}' does not exist. Start the bot in the folder that has 'dialogs', or set Content:Folder."));
            return [];
        }

        var files = new List<ContentFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => Endings.Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal))
        {
            var name = "dialogs/" + Path.GetRelativePath(folder, path).Replace('\\', '/');
            try
            {
                if (new FileInfo(path).Length > LargestFile)
                {
                    problems.Add(new ContentProblem(name, 0, $"The file is larger than {LargestFile} bytes. Split it."));
                    continue;
                }

                files.Add(new ContentFile(name, File.ReadAllText(path)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add(new ContentProblem(name, 0, $"The file cannot be read: {exception.Message}"));
            }
        }

        return files;
    }
}
