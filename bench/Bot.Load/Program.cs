// Measures the bot and prints one JSON object. Loopback only, bounded, stops by itself.
//   dotnet run -c Release --project bench/Bot.Load               start, memory, turns over Direct Line
//   dotnet run -c Release --project bench/Bot.Load -- channels   turns over /api/messages, with and without token validation
//   dotnet run -c Release --project bench/Bot.Load -- storage    turns by storage and by number of servers, a line each
//   dotnet run -c Release --project bench/Bot.Load -- sockets N  N conversations open and silent: memory, and a turn beside them
//   dotnet run -c Release --project bench/Bot.Load -- scale      the matcher with up to 10,000 answers, a line each
using Bot.Load;

return args switch
{
    ["channels"] => await ChannelFigures.PrintAsync(),
    ["storage"] => await StorageFigures.PrintAsync(),
    ["sockets", var most] => await SocketFigures.PrintAsync(int.Parse(most, System.Globalization.CultureInfo.InvariantCulture)),
    ["scale"] => ScaleFigures.Print(),
    _ => await ServerFigures.PrintAsync(),
};
