using Bot.Core.Reviews;
using Bot.Core.Text;
using Bot.Core.Turns;

namespace Bot.Server.Authoring;

/// <summary>Puts a reviewer's name under texts, in <c>dialogs/sign-offs.yml</c>.</summary>
internal static class Signing
{
    /// <summary>Signs texts as they are and writes the file whole, or throws <see cref="InvalidDataException"/> and writes nothing.</summary>
    /// <param name="content">The content as it is.</param>
    /// <param name="contentFolder">Where its files are.</param>
    /// <param name="textIds">Which texts; one that ends in '*' means all that begin so.</param>
    /// <param name="reviewer">Who signs.</param>
    /// <param name="hash">The hash on the sheet that was read, when there is one: a text edited since is not signed.</param>
    /// <param name="today">The day of the signature.</param>
    /// <param name="expires">The first day on which it no longer counts.</param>
    public static IReadOnlyList<SignOff> Sign(BotContent content, string contentFolder, IReadOnlyList<string> textIds, string reviewer, string? hash, DateOnly today, DateOnly expires)
    {
        if (expires <= today)
        {
            throw new InvalidDataException($"The signature would expire on {ReviewBook.Write(expires)}, and today is {ReviewBook.Write(today)}. Choose a later day.");
        }

        var texts = textIds.SelectMany(id => Find(content.Reviews, id)).Distinct().ToList();
        if (hash is not null && (texts.Count != 1 || texts[0].Hash != hash))
        {
            throw new InvalidDataException(texts.Count != 1
                ? "--hash goes with one text only. Sign the texts one by one, or leave it out."
                : $"'{texts[0].Id}' is not the text that was read: its hash is {texts[0].Hash}, not {hash}. It was edited since; print a new sheet.");
        }

        if (texts.Find(text => content.KnowledgeBase.Answers.Any(answer => answer.TextId == text.Id && content.KnowledgeBase.IsStale(answer.Id))) is { } stale)
        {
            throw new InvalidDataException($"'{stale.Id}' is stale: a quote no longer stands in its source. '-- stale' shows it; correct it first.");
        }

        var signed = texts.ConvertAll(text => new SignOff(text.Id, text.Hash, reviewer, today, expires));
        var ids = signed.Select(signOff => signOff.TextId).ToHashSet(StringComparer.Ordinal);
        var kept = content.Reviews.Texts.Select(text => content.Reviews.SignOffOf(text.Id)).OfType<SignOff>().Where(signOff => !ids.Contains(signOff.TextId)).Concat(content.Reviews.Orphans);

        // Written beside and moved over: a signature is never lost half-way.
        var path = Path.Combine(contentFolder, Path.GetFileName(ReviewBook.Path));
        File.WriteAllText(path + ".new", ReviewBook.Write(kept.Concat(signed)));
        File.Move(path + ".new", path, overwrite: true);
        return signed;
    }

    private static List<ReviewableText> Find(ReviewBook reviews, string id)
    {
        var found = id.EndsWith('*')
            ? reviews.Texts.Where(text => text.Id.StartsWith(id[..^1], StringComparison.Ordinal)).ToList()
            : reviews.Find(id) is { } text ? [text] : [];
        if (found.Count > 0)
        {
            return found;
        }

        const int MostMistakes = 3;
        var near = reviews.Texts.Select(text => text.Id).Where(known => known.EndsWith("/" + id, StringComparison.Ordinal) || EditDistance.IsWithin(id, known, MostMistakes)).Take(5).ToList();
        throw new InvalidDataException($"There is no text '{id}'. {(near.Count > 0 ? "Did you mean: " + string.Join(", ", near) + "?" : "'-- review-sheet --out FILE.html' shows every id.")}");
    }
}
