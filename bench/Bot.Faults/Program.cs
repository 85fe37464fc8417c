// Replicas on one PostgreSQL of its own; people talk while replicas are killed (-9) and the database is restarted. Bounded, stops by itself.
//   dotnet run -c Release --project bench/Bot.Faults -- --short|--long [--replicas N]
// The last line is one JSON object. The exit code is 1 when anything was lost, doubled, out of order, or left without numbers.
using System.Globalization;
using System.Text.Json;
using Bot.Faults;

var isLong = args.Contains("--long");
var at = Array.IndexOf(args, "--replicas");
var replicas = at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 2;
var plan = isLong ? new Plan(replicas, Conversations: 50, MessagesEach: 200, DatabaseRestarts: 5) : new Plan(replicas, Conversations: 12, MessagesEach: 120, DatabaseRestarts: 1);
var outcome = await Run.PlanAsync(plan, Console.Error);
Console.WriteLine(JsonSerializer.Serialize(outcome, JsonSerializerOptions.Web));
return outcome is { Lost: 0, Duplicated: 0, Reordered: 0, TurnsWithoutNumbers: 0, Kills: > 0, DatabaseRestarts: > 0 } ? 0 : 1;
