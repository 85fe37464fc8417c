using Bot.Training;

if (args is not ["risk", var data, var output])
{
    Console.Error.WriteLine("Usage: Bot.Training risk DATA OUT.bin   DATA has crisis/crisis-dev.tsv and matching/SET/train.tsv; run in the repository root");
    return 2;
}

RiskTraining.Run(data, output, Console.Out);
return 0;
