// Measures the widget beside Web Chat and prints one JSON object. Loopback only, bounded, stops by itself.
//   npm ci --prefix bench/Bot.Widget --ignore-scripts && dotnet run -c Release --project bench/Bot.Widget
using System.Text.Json;
using Bot.Widget;

await using var site = await Site.StartAsync();
using var server = await BotProcess.StartAsync(site.Origin);
site.Bot = server.Address;
var sizes = await Sizes.MeasureAsync(server.Address);
var times = await SlowPhone.MeasureAsync(site.Origin);
var lighthouse = await Lighthouse.MeasureAsync(site.Origin);
Console.WriteLine(JsonSerializer.Serialize(new { sizes, slowPhoneMilliseconds = times, lighthouse }, new JsonSerializerOptions(JsonSerializerDefaults.Web)));
