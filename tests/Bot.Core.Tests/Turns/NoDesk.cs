using Bot.Core.Escalations;
using Microsoft.Extensions.Options;

namespace Bot.Core.Tests.Turns;

/// <summary>Nobody calls back, as with the settings that the bot comes with.</summary>
internal static class NoDesk
{
    public static EscalationDesk Instance { get; } = new(Options.Create(new EscalationOptions()), TimeProvider.System);
}
