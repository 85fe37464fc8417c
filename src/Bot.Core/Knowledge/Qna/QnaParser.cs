using Bot.Core.Content;

namespace Bot.Core.Knowledge.Qna;

/// <summary>
/// Reads our documented subset of the Bot Framework <c>.qna</c> format (<c>dialogs/README.md</c>).
/// Reports every problem it finds with its line and reads on.
/// </summary>
public static class QnaParser
{
    private enum Part
    {
        None,
        Phrasings,
        Filters,
        Prompts,
    }

    /// <summary>What a header line may say; an empty list takes any value.</summary>
    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["source"] = [],
        ["topic"] = [],
        ["kind"] = ["route"],
        ["state"] = ["draft"],
    };

    public static IReadOnlyList<Answer> Parse(string file, string text, ICollection<ContentProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problems);
        return new Reading(file, text.ReplaceLineEndings("\n").Split('\n'), problems).Run();
    }

    private sealed class Reading(string file, string[] lines, ICollection<ContentProblem> problems)
    {
        private readonly List<Answer> _answers = [];
        private readonly Dictionary<string, string> _header = new(StringComparer.Ordinal);
        private Draft? _draft;
        private (string Id, int Line)? _pendingId;
        private Part _part;

        public List<Answer> Run()
        {
            for (var i = 0; i < lines.Length; i++)
            {
                i = Read(i);
            }

            Finish();
            if (_pendingId is { } idle)
            {
                Report(idle.Line, $"The id '{idle.Id}' belongs to no answer. Put a '# ? question' line under it, or delete it.");
            }

            return _answers;
        }

        /// <summary>Reads one line, or a whole fenced block, and says which line was the last one read.</summary>
        private int Read(int index)
        {
            var line = lines[index].Trim();
            var number = index + 1;
            switch (line)
            {
                case "":
                    break;
                case ['>', ..]:
                    ReadComment(line, number);
                    break;
                case ['<', ..]:
                    ReadId(line, number);
                    break;
                case ['#', ..]:
                    ReadQuestion(line, number);
                    break;
                case ['-', ..]:
                    ReadItem(line[1..].Trim(), number);
                    break;
                case "**Filters:**":
                    _part = Part.Filters;
                    break;
                case "**Prompts:**":
                    _part = Part.Prompts;
                    break;
                case ['`', '`', '`', ..]:
                    return ReadAnswer(index);
                default:
                    Report(number, $"'{Shorten(line)}' is none of: '> comment', '<a id = \"…\"></a>', '# ? question', '- phrasing', '**Filters:**', '**Prompts:**' or a ``` block.");
                    break;
            }

            return index;
        }

        private void ReadComment(string line, int number)
        {
            if (line.StartsWith("> !# @", StringComparison.Ordinal))
            {
                var pair = line[6..].Split('=', 2, StringSplitOptions.TrimEntries);
                if (pair.Length < 2 || pair[1].Length == 0)
                {
                    Report(number, $"'{Shorten(line)}' has no value. Write '> !# @name = value'.");
                    return;
                }

                if (Values.TryGetValue(pair[0], out var known) && known.Length > 0 && !known.Contains(pair[1]))
                {
                    Report(number, $"'@{pair[0]} = {Shorten(pair[1])}' is not known. Known: {string.Join(", ", known)}.");
                }
                else if (!Values.ContainsKey(pair[0]))
                {
                    Report(number, $"'@{Shorten(pair[0])}' is not known. Known: {string.Join(", ", Values.Keys.Select(name => "@" + name))}.");
                }

                _header[pair[0]] = pair[1];
            }
            else if (line.StartsWith("> quote:", StringComparison.Ordinal))
            {
                if (_draft is null)
                {
                    Report(number, "This quote stands above the first question. Put it under the question it belongs to.");
                    return;
                }

                _draft.Quotes.Add(new Quote(line[8..].Trim(), number));
            }
        }

        private void ReadId(string line, int number)
        {
            const string Opening = "<a id = \"";
            var end = line.StartsWith(Opening, StringComparison.Ordinal) ? line.IndexOf('"', Opening.Length) : -1;
            if (end <= Opening.Length || line[end..] != "\"></a>")
            {
                Report(number, $"'{Shorten(line)}' is not an id. Write '<a id = \"some-id\"></a>' with nothing else on the line.");
                return;
            }

            Finish();
            if (_pendingId is { } idle)
            {
                Report(idle.Line, $"The id '{idle.Id}' belongs to no answer. Put a '# ? question' line under it, or delete it.");
            }

            _pendingId = (line[Opening.Length..end], number);
        }

        private void ReadQuestion(string line, int number)
        {
            var text = line.TrimStart('#').Trim();
            if (!text.StartsWith('?') || text[1..].Trim() is not { Length: > 0 } question)
            {
                Report(number, $"'{Shorten(line)}' is not a question. Write '# ? the question'.");
                return;
            }

            Finish();
            if (_pendingId is null)
            {
                Report(number, $"'{Shorten(question)}' has no id. Put '<a id = \"some-id\"></a>' above it.");
            }

            _draft = new Draft(_pendingId?.Id, number);
            _draft.Phrasings.Add(new Phrasing(question, number));
            _pendingId = null;
            _part = Part.Phrasings;
        }

        private void ReadItem(string item, int number)
        {
            if (_draft is null)
            {
                Report(number, $"'- {Shorten(item)}' stands above the first question. Put it under a '# ? question' line.");
                return;
            }

            if (item.Length == 0)
            {
                Report(number, "This list item is empty. Write something behind the '-', or delete it.");
                return;
            }

            switch (_part)
            {
                case Part.Phrasings:
                    _draft.Phrasings.Add(new Phrasing(item, number));
                    break;
                case Part.Filters:
                    ReadFilter(item, number);
                    break;
                case Part.Prompts:
                    ReadPrompt(item, number);
                    break;
                default:
                    Report(number, $"'- {Shorten(item)}' belongs to no list. Phrasings go under the question; filters under '**Filters:**'; prompts under '**Prompts:**'.");
                    break;
            }
        }

        private void ReadFilter(string item, int number)
        {
            var pair = item.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length < 2 || pair[1].Length == 0)
            {
                Report(number, $"'- {Shorten(item)}' is not a filter. Write '- name = value'.");
            }
            else if (pair[0] is "topic" or "channel" or "replaces")
            {
                _draft!.Filters[pair[0]] = pair[1];
            }
            else
            {
                Report(number, $"The filter '{pair[0]}' is not known. Known: topic, channel, replaces.");
            }
        }

        private void ReadPrompt(string item, int number)
        {
            var middle = item.IndexOf("](#", StringComparison.Ordinal);
            var end = middle < 0 ? -1 : item.IndexOf(')', middle);
            if (!item.StartsWith('[') || middle < 2 || end <= middle + 3)
            {
                Report(number, $"'- {Shorten(item)}' is not a prompt. Write '- [what the button says](#answer-id)'.");
                return;
            }

            _draft!.Prompts.Add(new Prompt(item[1..middle], item[(middle + 3)..end], number));
        }

        private int ReadAnswer(int index)
        {
            var end = Array.FindIndex(lines, index + 1, line => line.Trim() == "```");
            if (end < 0)
            {
                Report(index + 1, "This answer block is never closed. Put a line with only ``` under it.");
                return lines.Length;
            }

            var text = string.Join('\n', lines[(index + 1)..end]).Trim();
            if (_draft is null)
            {
                Report(index + 1, "This answer stands above the first question. Put a '# ? question' line above it.");
            }
            else if (_draft.Text is not null)
            {
                Report(index + 1, "This question already has an answer. One question, one ``` block.");
            }
            else
            {
                _draft.Text = text;
                _part = Part.None;
            }

            return end;
        }

        private void Finish()
        {
            if (_draft is not { } draft)
            {
                return;
            }

            _draft = null;
            _part = Part.None;
            if (string.IsNullOrWhiteSpace(draft.Text))
            {
                Report(draft.Line, $"'{draft.Id ?? draft.Phrasings[0].Text}' has an empty answer. Write it between ```markdown and ```.");
            }

            _header.TryGetValue("source", out var source);
            _header.TryGetValue("topic", out var topic);
            _header.TryGetValue("kind", out var kind);
            _header.TryGetValue("state", out var state);
            source = source is null or "none" ? null : source;
            _answers.Add(new Answer
            {
                Id = draft.Id ?? string.Empty,
                Kind = kind == "route" ? AnswerKind.Route : source is null ? AnswerKind.About : AnswerKind.Answer,
                IsDraft = state == "draft",
                Text = draft.Text ?? string.Empty,
                Phrasings = draft.Phrasings,
                Topic = draft.Filters.GetValueOrDefault("topic") ?? topic ?? string.Empty,
                Channel = draft.Filters.GetValueOrDefault("channel"),
                Replaces = draft.Filters.GetValueOrDefault("replaces"),
                Source = source,
                Quotes = draft.Quotes,
                Prompts = draft.Prompts,
                File = file,
                Line = draft.Line,
            });
        }

        private void Report(int line, string message) => problems.Add(new ContentProblem(file, line, message));

        private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "…";
    }

    private sealed class Draft(string? id, int line)
    {
        public string? Id => id;

        public int Line => line;

        public string? Text { get; set; }

        public Dictionary<string, string> Filters { get; } = new(StringComparer.Ordinal);

        public List<Phrasing> Phrasings { get; } = [];

        public List<Quote> Quotes { get; } = [];

        public List<Prompt> Prompts { get; } = [];
    }
}
