// Replicas on one PostgreSQL of its own, or one on SQLite; people talk and ask to be called while replicas are killed (-9), clocks jump, the database is
// restarted, and the webhook that tells staff is slow, fails or hangs. Bounded, stops by itself.
//   dotnet run -c Release --project bench/Bot.Faults -- --short|--long [--replicas N] [--sqlite]
// The last line is one JSON object. The exit code is 1 when anything was lost, doubled, out of order, taken twice, or left without numbers.
using System.Globalization;
using System.Text.Json;
using Bot.Faults;

var isLong = args.Contains("--long");
var isSqlite = args.Contains("--sqlite");
var at = Array.IndexOf(args, "--replicas");
var replicas = isSqlite ? 1 : at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 2;
var plan = (isLong, isSqlite) switch
{
    (true, false) => new Plan(replicas, Conversations: 50, MessagesEach: 200, Callbacks: 1000, CallbacksAtOnce: 10, DatabaseRestarts: 5),
    (true, true) => new Plan(replicas, Conversations: 10, MessagesEach: 20, Callbacks: 1000, CallbacksAtOnce: 20, DatabaseRestarts: 0, IsSqlite: true),
    (false, false) => new Plan(replicas, Conversations: 10, MessagesEach: 55, Callbacks: 32, CallbacksAtOnce: 6, DatabaseRestarts: 1),
    _ => new Plan(replicas, Conversations: 8, MessagesEach: 60, Callbacks: 250, CallbacksAtOnce: 8, DatabaseRestarts: 0, IsSqlite: true),
};
var outcome = await Run.PlanAsync(plan, Console.Error);
Console.WriteLine(JsonSerializer.Serialize(outcome, JsonSerializerOptions.Web));
return outcome is { Lost: 0, Duplicated: 0, Reordered: 0, TurnsWithoutNumbers: 0, EscalationsLost: 0, TakenTwice: 0, Kills: > 0 } && (isSqlite || outcome.DatabaseRestarts > 0) ? 0 : 1;
