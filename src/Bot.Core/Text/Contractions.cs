namespace Bot.Core.Text;

/// <summary>Contractions and chat spellings, written out in full, with and without the apostrophe.</summary>
internal static class Contractions
{
    private static readonly Dictionary<string, string[]> Expansions = Build(
        """
        im|i'm=i am
        ive|i've=i have
        i'd=i would
        i'll=i will
        kil|kll|kiill=kill
        mysef|myslf|mself|meself=myself
        imma|ima=i am going to
        dont|don't|dnt|doesn't|doesnt=do not
        didnt|didn't=did not
        cant|can't|cannot|cnt|couldnt|couldn't=can not
        wont|won't|wouldnt|wouldn't=will not
        isnt|isn't|arent|aren't|aint|ain't=is not
        wasnt|wasn't|weren't|werent=was not
        hasnt|hasn't|havent|haven't|hadnt|hadn't=have not
        shouldnt|shouldn't=should not
        mustnt|mustn't=must not
        hes|he's=he is
        shes|she's=she is
        its|it's=it is
        theyre|they're=they are
        youre|you're=you are
        we're=we are
        he'll=he will
        she'll=she will
        it'll=it will
        they'll=they will
        you'll=you will
        they've|theyve=they have
        you've|youve=you have
        we've|weve=we have
        whats|what's=what is
        thats|that's=that is
        theres|there's=there is
        wheres|where's=where is
        hows|how's=how is
        whos|who's=who is
        lets|let's=let us
        wanna|wana|wnna=want to
        gonna|gunna|finna=going to
        gotta=got to
        tryna=trying to
        outta=out of
        wat|wut|wht=what
        u=you
        ur=your
        r=are
        n=and
        plz|pls|plss=please
        bc|cuz|coz|cos=because
        idk=i do not know
        rn=right now
        bf=boyfriend
        gf=girlfriend
        smth=something
        sb=somebody
        thx|ty=thanks
        mum|mam|mommy|momma|mama=mom
        daddy=dad
        q=que
        xq|pq|porq=porque
        pa=para
        """);

    public static bool TryExpand(string word, out string[] parts)
    {
        if (Expansions.TryGetValue(word, out parts!))
        {
            return true;
        }

        // "my brother's not breathing": a name or noun with 's.
        if (word.EndsWith("'s", StringComparison.Ordinal) && word.Length > 3)
        {
            parts = [word[..^2].Replace("'", string.Empty, StringComparison.Ordinal), "is"];
            return true;
        }

        return false;
    }

    private static Dictionary<string, string[]> Build(string table)
    {
        var expansions = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sides = line.Split('=');
            var parts = sides[1].Split(' ');
            foreach (var written in sides[0].Split('|'))
            {
                expansions[written] = parts;
            }
        }

        return expansions;
    }
}
