namespace Rx.Sip.Testing.Server;

/// <summary>The settings, and those of them that may change while the server runs.</summary>
internal sealed class ServerRules(EmbeddedServerSettings settings)
{
    private long _minExpires = settings.MinExpires.Ticks;

    public EmbeddedServerSettings Settings => settings;

    public TimeSpan MinExpires
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _minExpires));
        set => Interlocked.Exchange(ref _minExpires, value.Ticks);
    }

    public ServerFaults Faults { get; } = new();

    public OverloadVoice Overload { get; } = new();
}
