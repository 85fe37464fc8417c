using System.Globalization;
using Bot.Core.Escalations;
using Bot.Server.Storage;
using Microsoft.Extensions.Options;

namespace Bot.Server.CommandLine;

/// <summary>What an operator asks of a bot that runs: whether staff can be told, who waits for a call, what was counted.</summary>
internal static class OperatorVerbs
{
    private const int DaysOfReport = 30;

    /// <summary>Sends a test that staff see to each target, and says what came of it.</summary>
    public static async Task<int> CheckEscalationAsync(string[] arguments, TextWriter output)
    {
        await using var services = VerbServices.CreateForOperator(VerbArguments.Read(arguments).Settings);
        var desk = services.GetRequiredService<EscalationDesk>();
        if (!desk.IsOffered)
        {
            await output.WriteLineAsync("Escalations:Targets is empty: nobody is offered a call, and nobody is told of one (docs/operations.md).");
            return 1;
        }

        var results = await services.GetRequiredService<TargetChecks>().RunAsync(isSeen: true, CancellationToken.None);
        foreach (var (target, problem) in results)
        {
            await output.WriteLineAsync(problem is null ? $"{target}: a test was sent and taken. See whether it is there." : $"{target}: does not work. {problem}");
        }

        await output.WriteLineAsync($"People read: \"{desk.NameIn("en")}\", {desk.HoursIn("en") ?? "hours not confirmed"}; numbers of {string.Join(", ", desk.Countries.Select(CallbackNumber.Describe))}.");
        return results.Any(result => result.Problem is not null) ? 1 : 0;
    }

    /// <summary>Who waits: without numbers, but for the one that is asked for.</summary>
    public static async Task<int> EscalationsAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var given = VerbArguments.Read(arguments, "--by");
        await using var services = VerbServices.CreateForOperator(given.Settings);
        await PrepareAsync(services);
        var store = services.GetRequiredService<IEscalationStore>();
        switch (given.Subjects)
        {
            case []:
                var unfinished = await store.FindUnfinishedAsync(CancellationToken.None);
                foreach (var escalation in unfinished)
                {
                    await output.WriteLineAsync($"{escalation.Id}  {escalation.State.ToWire(),-11}  asked {escalation.CreatedAt:yyyy-MM-dd HH:mm}Z  wanted {escalation.Request.From:yyyy-MM-dd HH:mm}Z{(escalation.TakenBy is { } by ? "  " + by : string.Empty)}");
                }

                await output.WriteLineAsync($"{unfinished.Count} not over.");
                return 0;
            case ["show", var id] when Guid.TryParse(id, out var shown):
                if (await store.FindAsync(shown, CancellationToken.None) is not { } found)
                {
                    await error.WriteLineAsync($"There is no escalation {id}.");
                    return 1;
                }

                var desk = services.GetRequiredService<EscalationDesk>();
                await output.WriteLineAsync($"state:      {found.State.ToWire()}{(found.TakenBy is { } taker ? ", " + taker : string.Empty)}\nnumber:     {(found.IsErased ? "erased by the person" : found.Request.Number)}\nfirst name: {found.Request.FirstName ?? "not given"}\nlanguage:   {found.Language}\nwhen:       {desk.Say(found.Request, "en")}");
                return 0;
            case [var deed, var id] when Guid.TryParse(id, out var changed) && EscalationStates.FromWire(deed) is { } state and not (EscalationState.Open or EscalationState.Cancelled):
                var who = given["--by"] ?? throw new InvalidDataException($"--by is missing. Write escalations {deed} {id} --by NAME.");
                var counts = services.GetServices<IHostedService>().OfType<StoredCounts>().Single();
                var change = await services.GetRequiredService<EscalationIntake>().ChangeAsync(changed, state, who, CancellationToken.None);
                await counts.FlushAsync(CancellationToken.None);
                await output.WriteLineAsync(change is null ? $"There is no escalation {id}." : change.IsChanged ? $"{id} is now {deed}. The person and the targets are told by the server that runs." : $"Nothing was changed: it is {change.Escalation.State.ToWire()}{(change.Escalation.TakenBy is { } other ? ", by " + other : string.Empty)}.");
                return change is { IsChanged: true } ? 0 : 1;
            default:
                await error.WriteLineAsync("Write escalations, escalations show ID, or escalations taken|reached|not-reached|closed ID --by NAME.");
                return 2;
        }
    }

    /// <summary>Counts of a period. Nothing in them is anybody's.</summary>
    public static async Task<int> ReportAsync(string[] arguments, TextWriter output)
    {
        var given = VerbArguments.Read(arguments, "--from", "--to");
        await using var services = VerbServices.CreateForOperator(given.Settings);
        var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var until = DateOf(given["--to"], "--to") ?? today;
        var from = DateOf(given["--from"], "--from") ?? until.AddDays(1 - DaysOfReport);
        if (from > until)
        {
            throw new InvalidDataException($"--from ({from:yyyy-MM-dd}) is after --to ({until:yyyy-MM-dd}).");
        }

        await PrepareAsync(services);
        var database = services.GetRequiredService<Database>();
        var counts = (await StoredCounts.ReadAsync(database, from, until, CancellationToken.None)).ToLookup(count => count.Name, StringComparer.Ordinal);
        await output.WriteLineAsync($"{from:yyyy-MM-dd} to {until:yyyy-MM-dd}, days of UTC. Counts alone; a server that was killed took its last seconds with it.");
        await WriteAsync("Replies, by what they were", counts["bot.replies"]);
        await WriteAsync("Crisis findings (hard: handed off; soft: help offered)", counts["bot.crisis.findings"]);
        await WriteAsync("Answers given", counts["bot.answers"]);
        await WriteAsync("Thumbs", counts["bot.answers.votes"]);
        await WriteAsync("Without a sure answer, by the closest topic", counts["bot.unanswered"]);
        await WriteAsync("Calls asked for, by the states they entered", counts["bot.escalations"]);
        foreach (var year in (await StoredCounts.ReadCrisesByYearAsync(database, CancellationToken.None)).GroupBy(count => count.Name, StringComparer.Ordinal))
        {
            await WriteAsync($"Crisis findings of the whole year {year.Key}", year);
        }

        return 0;

        async Task WriteAsync(string title, IEnumerable<Count> items)
        {
            await output.WriteLineAsync($"\n{title}: {items.Sum(item => item.Amount).ToString("N0", CultureInfo.InvariantCulture)}");
            foreach (var item in items)
            {
                await output.WriteLineAsync($"  {item.Amount.ToString("N0", CultureInfo.InvariantCulture),8}  {item.Item}");
            }
        }
    }

    /// <summary>Makes the tables when this is the first that is done with the database.</summary>
    private static async Task PrepareAsync(ServiceProvider services)
    {
        if (services.GetService<Database>() is not { } database)
        {
            throw new InvalidDataException($"{StorageOptions.SectionName}:{nameof(StorageOptions.ConnectionString)} is '{services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString}': nothing is kept that could be read from here.");
        }

        await database.MigrateAsync(CancellationToken.None);
    }

    private static DateOnly? DateOf(string? text, string option) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : throw new InvalidDataException($"{option} is '{text}', which is no date. Write yyyy-MM-dd.");
}
