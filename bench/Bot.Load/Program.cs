// Measures the bot and prints one JSON object. Loopback only, bounded, stops by itself.
//   dotnet run -c Release --project bench/Bot.Load                    start, memory, turns per second, times
//   dotnet run -c Release --project bench/Bot.Load -- crisis FILE.tsv the crisis screen on labelled messages (columns text, category, level)
using Bot.Load;

return args is ["crisis", var file] ? CrisisFigures.Print(file) : await ServerFigures.PrintAsync();
