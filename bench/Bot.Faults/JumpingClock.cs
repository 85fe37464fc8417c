using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(Bot.Faults.JumpingClock))]

namespace Bot.Faults;

/// <summary>A replica's clock that jumps when the run says so: its offset stands in a file. Loaded into the server by its hosting startup.</summary>
public sealed class JumpingClock : TimeProvider, IHostingStartup
{
    public const string FileVariable = "BOT_FAULTS_CLOCK";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private readonly string? _file = Environment.GetEnvironmentVariable(FileVariable);
    private TimeSpan _offset;
    private long _lookedAt;

    public void Configure(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(new JumpingClock()));
    }

    public override DateTimeOffset GetUtcNow()
    {
        if (_file is not null && GetElapsedTime(Volatile.Read(ref _lookedAt)) > LookEvery)
        {
            Volatile.Write(ref _lookedAt, GetTimestamp());
            try
            {
                _offset = TimeSpan.FromSeconds(double.Parse(File.ReadAllText(_file), CultureInfo.InvariantCulture));
            }
            catch (Exception exception) when (exception is IOException or FormatException)
            {
                // Being written.
            }
        }

        return base.GetUtcNow() + _offset;
    }
}
