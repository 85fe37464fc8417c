using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bot.Core.Content;

/// <summary>One YAML content file, read so that every complaint names its line.</summary>
public sealed class YamlFile
{
    private readonly ICollection<ContentProblem> _problems;

    private YamlFile(string path, YamlNode root, ICollection<ContentProblem> problems)
    {
        Path = path;
        _problems = problems;
        Root = new YamlValue(this, root, System.IO.Path.GetFileName(path));
    }

    public string Path { get; }

    public YamlValue Root { get; }

    /// <summary>Null, and a problem, when the text is not YAML at all or is empty.</summary>
    public static YamlFile? Parse(string path, string text, ICollection<ContentProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0)
            {
                problems.Add(new ContentProblem(path, 0, "The file is empty. See dialogs/README.md for what belongs in it."));
                return null;
            }

            return new YamlFile(path, stream.Documents[0].RootNode, problems);
        }
        catch (YamlException exception)
        {
            var cause = exception.InnerException?.Message ?? exception.Message;
            problems.Add(new ContentProblem(path, (int)exception.Start.Line, $"This is not YAML: {cause} Quote texts that hold ':' or '#', and indent by two spaces."));
            return null;
        }
    }

    internal void Report(YamlNode node, string message) => _problems.Add(new ContentProblem(Path, (int)node.Start.Line, message));
}

/// <summary>A value in a YAML content file. Asking for a shape it does not have reports a problem and gives an empty one.</summary>
public sealed class YamlValue
{
    private readonly YamlFile _file;
    private readonly YamlNode _node;

    internal YamlValue(YamlFile file, YamlNode node, string name)
    {
        _file = file;
        _node = node;
        Name = name;
    }

    /// <summary>The key under which the value stands.</summary>
    public string Name { get; }

    public int Line => (int)_node.Start.Line;

    public bool IsMap => _node is YamlMappingNode;

    public bool IsText => _node is YamlScalarNode;

    /// <summary>True for an empty list, written as <c>[]</c>.</summary>
    public bool IsEmpty => _node is YamlSequenceNode { Children.Count: 0 };

    public string Text
    {
        get
        {
            if (_node is YamlScalarNode { Value: { } value })
            {
                return value.Trim();
            }

            Report($"'{Name}' must be a text.");
            return string.Empty;
        }
    }

    /// <summary>The values of a list; a single text counts as a list of one.</summary>
    public IReadOnlyList<YamlValue> Items
    {
        get
        {
            switch (_node)
            {
                case YamlSequenceNode sequence:
                    return [.. sequence.Children.Select(child => new YamlValue(_file, child, Name))];
                case YamlScalarNode { Value: { Length: > 0 } }:
                    return [this];
                default:
                    Report($"'{Name}' must be a list: lines that begin with '- '.");
                    return [];
            }
        }
    }

    /// <summary>The values of a mapping, by key, in order.</summary>
    public IReadOnlyList<YamlValue> Members
    {
        get
        {
            if (_node is YamlMappingNode mapping)
            {
                return [.. mapping.Children.Select(pair => new YamlValue(_file, pair.Value, (pair.Key as YamlScalarNode)?.Value ?? string.Empty))];
            }

            Report($"'{Name}' must have members: lines of 'name: value'.");
            return [];
        }
    }

    public IReadOnlyList<string> Texts => [.. Items.Select(item => item.Text).Where(text => text.Length > 0)];

    /// <summary>The member, or null when it is absent or written as <c>null</c>.</summary>
    public YamlValue? Optional(string name) =>
        _node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var child)
            && child is not YamlScalarNode { Value: null or "null" or "~", Style: ScalarStyle.Plain }
            ? new YamlValue(_file, child, name)
            : null;

    /// <summary>The member; when it is absent, a problem and null.</summary>
    public YamlValue? Required(string name)
    {
        var member = Optional(name);
        if (member is null)
        {
            Report($"'{Name}' has no '{name}'. Add a line '{name}: …'.");
        }

        return member;
    }

    /// <summary>The member's text; when it is absent, a problem and an empty text.</summary>
    public string RequiredText(string name) => Required(name)?.Text ?? string.Empty;

    /// <summary>Reports every member that is not among the names: a typing mistake must not be lost in silence.</summary>
    public void AllowOnly(params IReadOnlyList<string> names)
    {
        foreach (var member in Members.Where(member => !names.Contains(member.Name)))
        {
            _file.Report(member._node, $"'{member.Name}' is not known under '{Name}'. Known: {string.Join(", ", names)}.");
        }
    }

    public void Report(string message) => _file.Report(_node, message);
}
