namespace Bot.Server.CommandLine;

/// <summary>What follows a verb: its subjects, its own options, and settings for the host.</summary>
internal sealed class VerbArguments
{
    private readonly Dictionary<string, string> _options;

    private VerbArguments(List<string> subjects, Dictionary<string, string> options, List<string> settings)
    {
        Subjects = subjects;
        _options = options;
        Settings = [.. settings];
    }

    /// <summary>What stands without an option before it.</summary>
    public IReadOnlyList<string> Subjects { get; }

    /// <summary>Settings such as <c>--contentRoot DIR</c> or <c>--Content:Folder=DIR</c>.</summary>
    public string[] Settings { get; }

    public string? this[string option] => _options.GetValueOrDefault(option);

    /// <summary>Throws <see cref="InvalidDataException"/>, naming the option and the known ones, for an option that is neither known nor a setting, or that has no value.</summary>
    public static VerbArguments Read(IReadOnlyList<string> arguments, params IReadOnlyList<string> known)
    {
        var subjects = new List<string>();
        var settings = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var isOption = argument.StartsWith("--", StringComparison.Ordinal);
            if (!isOption)
            {
                subjects.Add(argument);
            }
            else if (argument.Contains('=', StringComparison.Ordinal) && argument.Contains(':', StringComparison.Ordinal))
            {
                settings.Add(argument);
            }
            else if (!known.Contains(argument) && argument != "--contentRoot")
            {
                throw new InvalidDataException($"'{argument}' is no option here. Known: {string.Join(", ", known)}; settings are written like --Content:Folder=DIR.");
            }
            else if (i + 1 == arguments.Count || arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                throw new InvalidDataException($"'{argument}' has no value. Write {argument} VALUE.");
            }
            else if (argument == "--contentRoot")
            {
                settings.AddRange([argument, arguments[++i]]);
            }
            else
            {
                options[argument] = arguments[++i];
            }
        }

        return new VerbArguments(subjects, options, settings);
    }
}
