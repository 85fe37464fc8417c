// Measures the bot and prints one JSON object. Loopback only, bounded, stops by itself.
//   dotnet run -c Release --project bench/Bot.Load
using Bot.Load;

return await ServerFigures.PrintAsync();
