using Bot.Peers;

if (args.Length == 0)
{
    Console.Error.WriteLine("Usage: Bot.Peers SETS   a folder whose subfolders have train.tsv (answer_id, phrasing) and test.tsv (answer_id or OOS, query)");
    return 2;
}

return await PeerRun.RunAsync(args[0], Console.Out, Console.Error);
