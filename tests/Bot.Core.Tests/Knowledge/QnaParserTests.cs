using Bot.Core.Content;
using Bot.Core.Knowledge;
using Bot.Core.Knowledge.Qna;

namespace Bot.Core.Tests.Knowledge;

public class QnaParserTests
{
    private const string Good =
        """
        > A comment
        > !# @source = doc.txt
        > !# @topic = basics

        <a id = "one"></a>

        # ? What is it?
        - what's it
        - it?

        > quote: It is a thing.

        ```markdown
        It is a thing.

        - with a list
        ```

        **Prompts:**
        - [And two?](#two)
        """;

    [Fact]
    public void Parse_AGoodFile_ReadsEveryPart()
    {
        var answer = Assert.Single(Parse(Good, out var problems));

        Assert.Empty(problems);
        Assert.Equal(("one", "doc.txt", "basics"), (answer.Id, answer.Source, answer.Topic));
        Assert.Equal(["What is it?", "what's it", "it?"], answer.Phrasings.Select(phrasing => phrasing.Text));
        Assert.Equal("It is a thing.\n\n- with a list", answer.Text);
        Assert.Equal(new Quote("It is a thing.", 11), Assert.Single(answer.Quotes));
        Assert.Equal(new Prompt("And two?", "two", 20), Assert.Single(answer.Prompts));
    }

    [Theory]
    [InlineData("# ? Q\n```\nA\n```", 1, "has no id")]
    [InlineData("<a id = \"a\"></a>\n# ? Q\n- p", 2, "empty answer")]
    [InlineData("<a id = \"a\"></a>\n# ? Q\n```\n\n```", 2, "empty answer")]
    [InlineData("<a id = \"a\"></a>\n# ? Q\n```\nA", 3, "never closed")]
    [InlineData("<a id = \"a\"></a>\n# ? Q\n```\nA\n```\n```\nB\n```", 6, "already has an answer")]
    [InlineData("<a id = \"a\"></a>\n# Q", 2, "is not a question")]
    [InlineData("<a id=\"a\"></a>", 1, "is not an id")]
    [InlineData("<a id = \"a\"></a>", 1, "belongs to no answer")]
    [InlineData("<a id = \"a\"></a>\n<a id = \"b\"></a>\n# ? Q\n```\nA\n```", 1, "belongs to no answer")]
    [InlineData("- p", 1, "above the first question")]
    [InlineData("```\nA\n```", 1, "above the first question")]
    [InlineData("> quote: words", 1, "above the first question")]
    [InlineData("> !# @source", 1, "has no value")]
    [InlineData("hello", 1, "is none of")]
    [InlineData("<a id = \"a\"></a>\n# ? Q\n-\n```\nA\n```", 3, "is empty")]
    [InlineData("<a id = \"a\"></a>\n# ? Q\n**Filters:**\n- topic\n```\nA\n```", 4, "is not a filter")]
    [InlineData("<a id = \"a\"></a>\n# ? Q\n**Filters:**\n- color = red\n```\nA\n```", 4, "is not known")]
    [InlineData("<a id = \"a\"></a>\n# ? Q\n```\nA\n```\n**Prompts:**\n- go there", 7, "is not a prompt")]
    [InlineData("<a id = \"a\"></a>\n# ? Q\n```\nA\n```\n- stray", 6, "belongs to no list")]
    public void Parse_ABadFile_SaysWhatAndWhere(string text, int line, string message)
    {
        Parse(text, out var problems);

        Assert.Contains(problems, problem => problem.Line == line && problem.Message.Contains(message, StringComparison.Ordinal));
    }

    private static IReadOnlyList<Answer> Parse(string text, out List<ContentProblem> problems)
    {
        problems = [];
        return QnaParser.Parse("f.qna", text, problems);
    }
}
