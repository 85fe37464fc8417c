using Bot.Core.Text;
using Bot.Training;

switch (args)
{
    case ["risk", var data, var output]:
        RiskTraining.Run(data, null, output, Console.Out);
        return 0;
    case ["risk", var data, var output, "--judged", var judged]:
        RiskTraining.Run(data, judged, output, Console.Out);
        return 0;
    case ["tokens", var input, var output]:
        // For the scripts in Python: each line of a file as the words that Bot.Core makes of it.
        File.WriteAllLines(output, File.ReadLines(input).Select(TextNormalizer.Key));
        return 0;
    default:
        Console.Error.WriteLine("Usage: Bot.Training risk DATA OUT.bin [--judged FILE.tsv] | Bot.Training tokens IN.txt OUT.txt   run in the repository root; see tools/Bot.Training/README.md");
        return 2;
}
