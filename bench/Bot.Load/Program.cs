// Measures the bot and prints one JSON object. Loopback only, bounded, stops by itself.
//   dotnet run -c Release --project bench/Bot.Load               start, memory, turns over Direct Line
//   dotnet run -c Release --project bench/Bot.Load -- channels   turns over /api/messages, with and without token validation
using Bot.Load;

return args is ["channels"] ? await ChannelFigures.PrintAsync() : await ServerFigures.PrintAsync();
