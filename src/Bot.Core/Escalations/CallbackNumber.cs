using PhoneNumbers;

namespace Bot.Core.Escalations;

/// <summary>A number that staff can call, or why not.</summary>
/// <param name="Number">In the international form (E.164); empty when there is a problem.</param>
/// <param name="Shown">As people of its country write it.</param>
/// <param name="Country">ISO 3166 code of its country, or empty.</param>
/// <param name="Problem">What is wrong, or null.</param>
public sealed record CallbackNumber(string Number, string Shown, string Country, NumberProblem? Problem)
{
    private const int FewestDigits = 5;
    private const int LongestText = 250;

    /// <summary>Types of numbers on which nobody is, or which make whoever calls them pay.</summary>
    private static readonly HashSet<PhoneNumberType> Refused =
        [PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.TOLL_FREE, PhoneNumberType.PAGER, PhoneNumberType.UAN, PhoneNumberType.VOICEMAIL];

    /// <summary>Reads the number in a text of any wording and any way to write numbers.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="countries">The countries to which staff call; a number without a country's code is the first one's.</param>
    /// <returns>The number or its problem; null when the text has too few digits to be meant as a number.</returns>
    public static CallbackNumber? Read(string text, IReadOnlyList<string> countries)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(countries);
        if (text.Count(char.IsDigit) < FewestDigits)
        {
            return null;
        }

        var util = PhoneNumberUtil.GetInstance();
        var found = util.FindNumbers(text.Length <= LongestText ? text : text[..LongestText], countries[0], PhoneNumberUtil.Leniency.POSSIBLE, 20).Select(match => match.Number).ToList();
        if (found.Count == 0)
        {
            return Refuse(NumberProblem.NotRead);
        }

        if (found.Where(util.IsValidNumber).ToList() is not [var number, ..])
        {
            return Refuse(NumberProblem.Impossible);
        }

        var country = util.GetRegionCodeForNumber(number) ?? string.Empty;
        return Refused.Contains(util.GetNumberType(number)) ? Refuse(NumberProblem.NotAPersons)
            : !countries.Contains(country, StringComparer.OrdinalIgnoreCase) ? Refuse(NumberProblem.OtherCountry)
            : new CallbackNumber(util.Format(number, PhoneNumberFormat.E164), Show(number, country, countries[0]), country, null);
    }

    /// <summary>A number of the international form as people write it where it is called from.</summary>
    public static string Show(string number, string home)
    {
        var util = PhoneNumberUtil.GetInstance();
        var parsed = util.Parse(number, null);
        return Show(parsed, util.GetRegionCodeForNumber(parsed) ?? string.Empty, home);
    }

    /// <summary>True for a country that has telephone numbers.</summary>
    public static bool IsCountry(string code) => PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(code);

    /// <summary>A country by its code and how its numbers begin, in no language: "US (+1)".</summary>
    public static string Describe(string country) => $"{country} (+{PhoneNumberUtil.GetInstance().GetCountryCodeForRegion(country)})";

    private static string Show(PhoneNumber number, string country, string home) =>
        PhoneNumberUtil.GetInstance().Format(number, country == home ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);

    private static CallbackNumber Refuse(NumberProblem problem) => new(string.Empty, string.Empty, string.Empty, problem);
}

public enum NumberProblem
{
    /// <summary>There are digits, but no number in them.</summary>
    NotRead,

    /// <summary>No telephone has such a number.</summary>
    Impossible,

    /// <summary>A premium-rate, toll-free or shared-cost number, a pager or a voice mailbox.</summary>
    NotAPersons,

    /// <summary>A number of a country to which staff do not call.</summary>
    OtherCountry,
}
