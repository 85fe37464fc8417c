using Bot.Core.Content;
using Bot.Core.Reviews;

namespace Bot.Core.Tests.Reviews;

public class ReviewBookTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);
    private static readonly ReviewableText Text = new("answer/en/a", "A", "One text.", "f.qna", 3) { Evidence = ["a quote"] };

    [Theory]
    [InlineData("One text.", "a quote", ReviewState.Reviewed)]
    [InlineData("One\n  text.", "a quote", ReviewState.Reviewed)]
    [InlineData("One Text.", "a quote", ReviewState.Changed)]
    [InlineData("One text.", "another quote", ReviewState.Changed)]
    public void StateOf_AnEdit_VoidsTheSignature(string body, string evidence, ReviewState expected) =>
        Assert.Equal(expected, ReviewBook.StateOf(Text with { Body = body, Evidence = [evidence] }, Signed(Text), Day));

    [Theory]
    [InlineData(0, ReviewState.Reviewed)]
    [InlineData(364, ReviewState.Reviewed)]
    [InlineData(365, ReviewState.Expired)]
    public void StateOf_OnBothSidesOfTheExpiry(int days, ReviewState expected) =>
        Assert.Equal(expected, new ReviewBook([Text], [Signed(Text)]).StateOf(Text.Id, Day.AddDays(days)));

    [Fact]
    public void Unreviewed_CountsChangedAndNeverSigned_NotExpiredNorDrafts()
    {
        var changed = Text with { Id = "b", Body = "Edited." };
        var never = Text with { Id = "c" };
        var book = new ReviewBook([Text, changed, never, never with { Id = "d", IsDraft = true }], [Signed(Text) with { ExpiresOn = Day.AddDays(1) }, Signed(Text) with { TextId = "b" }, Signed(Text) with { TextId = "gone" }]);

        Assert.Equal(["b", "c"], book.Unreviewed.Select(text => text.Id));
        Assert.Equal(["answer/en/a"], book.ExpiredOn(Day.AddDays(2)).Select(text => text.Id));
        Assert.Equal("gone", Assert.Single(book.Orphans).TextId);
    }

    [Fact]
    public void WriteThenRead_GivesTheSameSignatures()
    {
        var signOffs = new[] { Signed(Text), Signed(Text) with { TextId = "answer/en/b", Reviewer = "Dr. \"Q\" O'Neil \\ Sons" } };
        var problems = new List<ContentProblem>();

        var read = ReviewBook.ReadSignOffs("sign-offs.yml", ReviewBook.Write(signOffs), problems);

        Assert.Empty(problems);
        Assert.Equal(signOffs, read.Select(signOff => signOff with { Line = 0 }));
        Assert.Empty(ReviewBook.ReadSignOffs("sign-offs.yml", ReviewBook.Write([]), problems));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("signOffs:\n  - { text: a, hash: \"1\", reviewer: R, signedOn: soon, expiresOn: 2027-01-01 }", "'soon' is not a date")]
    [InlineData("signOffs:\n  - { text: a, hash: \"1\", reviewer: R, signedOn: 2027-01-01, expiresOn: 2026-01-01 }", "expires on 2026-01-01, not after the day it was signed")]
    [InlineData("signOffs:\n  - { text: a, hash: \"1\", signedOn: 2026-01-01, expiresOn: 2027-01-01 }", "has no 'reviewer'")]
    [InlineData("signOffs:\n  - { text: a, hash: \"1\", reviewer: R, signedOn: 2026-01-01, expiresOn: 2027-01-01 }\n  - { text: a, hash: \"2\", reviewer: R, signedOn: 2026-01-01, expiresOn: 2027-01-01 }", "'a' is already signed in line 2")]
    [InlineData("signatures: []", "'signatures' is not known")]
    public void Read_ABadFile_IsReported(string yaml, string message)
    {
        var problems = new List<ContentProblem>();

        ReviewBook.ReadSignOffs("sign-offs.yml", yaml, problems);

        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    private static SignOff Signed(ReviewableText text) => new(text.Id, text.Hash, "Dr. A", Day, Day.AddYears(1));
}
