using Bot.Core.Content;
using Bot.Core.Crisis;
using Bot.Core.Turns;
using Bot.Server.Content;

namespace Bot.Load;

/// <summary>The repository's content, found from the program's folder upwards.</summary>
internal static class RealContent
{
    public static string Root { get; } = FindRoot();

    public static BotContent Load()
    {
        var problems = new List<ContentProblem>();
        var content = ContentReader.Read(ContentFolder.Read(Path.Combine(Root, "dialogs"), problems), new HelplineOptions(), problems);
        return content is not null && problems.Count == 0 ? content : throw new InvalidDataException(string.Join('\n', problems));
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Bot.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Bot.sln above {AppContext.BaseDirectory}.");
    }
}
