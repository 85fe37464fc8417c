using Bot.Core.Text;

if (args is not ["tokens", var input, var output])
{
    Console.Error.WriteLine("Usage: Bot.Training tokens IN.txt OUT.txt   (see tools/Bot.Training/README.md)");
    return 2;
}

// For the scripts in Python: each line of a file as the words that Bot.Core makes of it.
File.WriteAllLines(output, File.ReadLines(input).Select(TextNormalizer.Key));
return 0;
