namespace Bot.Server.Evaluation;

/// <summary>A tab-separated file with a header line: unquoted, untrimmed.</summary>
internal sealed class TsvTable
{
    private readonly string _file;
    private readonly string[] _header;

    private TsvTable(string file, string[] header, IReadOnlyList<string[]> rows)
    {
        _file = file;
        _header = header;
        Rows = rows;
    }

    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>Throws <see cref="InvalidDataException"/>, naming file, line and cure, when a row is short or the file has none.</summary>
    public static TsvTable Read(string file)
    {
        var lines = ReadLines(file);
        return Read(file, lines[0].Split('\t'), lines, 1);
    }

    /// <summary>A file whose columns are known and all needed; its header line may be missing.</summary>
    public static TsvTable Read(string file, params string[] columns)
    {
        var lines = ReadLines(file);
        var shortLine = Array.FindIndex(lines, line => line.Split('\t').Length < columns.Length);
        if (shortLine >= 0 && lines is not [""])
        {
            throw new InvalidDataException($"{file}({shortLine + 1}): the line has too few columns. Write {string.Join(" and ", columns)}, with a tab between.");
        }

        return Read(file, columns, lines, lines[0].Split('\t')[0] == columns[0] ? 1 : 0);
    }

    public int Column(string name) => OptionalColumn(name)
        ?? throw new InvalidDataException($"{_file} has no column '{name}'. Its columns are: {string.Join(", ", _header)}.");

    public int? OptionalColumn(string name) => Array.IndexOf(_header, name) is >= 0 and var column ? column : null;

    /// <summary>Text as one field: tabs and breaks become spaces.</summary>
    public static string Field(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');

    private static TsvTable Read(string file, string[] header, string[] lines, int from)
    {
        var rows = new List<string[]>(lines.Length);
        for (var i = from; i < lines.Length; i++)
        {
            var row = lines[i].Split('\t');
            rows.Add(row.Length <= header.Length ? [.. row, .. Enumerable.Repeat(string.Empty, header.Length - row.Length)]
                : throw new InvalidDataException($"{file}({i + 1}): the line has {row.Length} columns, the header {header.Length}. Take the tab out of the text."));
        }

        return rows.Count > 0 && lines is not [""] ? new TsvTable(file, header, rows) : throw new InvalidDataException($"{file} has no rows.");
    }

    private static string[] ReadLines(string file) => File.Exists(file)
        ? File.ReadAllText(file).ReplaceLineEndings("\n").TrimEnd('\n').TrimStart('\uFEFF').Split('\n')
        : throw new InvalidDataException($"There is no file '{file}'.");
}
