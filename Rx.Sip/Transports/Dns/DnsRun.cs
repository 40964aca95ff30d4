using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace Rx.Sip.Transports.Dns;

/// <summary>Does what a <see cref="DnsLookup"/> asks for, inside the client's mailbox, until it is over or disposed.</summary>
internal sealed class DnsRun : IDisposable
{
    // More than ever arrive late from an honest server; enough guesses of 16 bits to be worth stopping.
    private const int MaxStrays = 64;

    private readonly DnsClient _client;
    private readonly DnsQuestion _question;
    private readonly Action<DnsAnswer> _conclude;
    private readonly SerialDisposable _exchange = new();
    private DnsLookup _machine;
    private int _turn;

    public DnsRun(DnsClient client, DnsQuestion question, DnsLookup machine, Action<DnsAnswer> conclude) =>
        (_client, _question, _machine, _conclude) = (client, question, machine, conclude);

    public void Start() => Handle(new DnsEvent.Begun());

    public void Dispose()
    {
        _turn++;
        _exchange.Dispose();
    }

    private void Handle(DnsEvent input)
    {
        _turn++;
        var step = _machine.On(input);
        _machine = step.Next;
        foreach (var effect in step.Effects.AsSpan())
            Perform(effect);
    }

    private void Perform(DnsEffect effect)
    {
        var now = _client.Scheduler.Now;
        switch (effect)
        {
            case DnsEffect.Ask ask:
                Ask(ask);
                break;
            case DnsEffect.Conclude(var response):
                _client.Trust(_machine.Current!);
                _exchange.Dispose();
                _conclude(DnsAnswer.Read(_question, response, now));
                break;
            case DnsEffect.GiveUp(var problem):
                _exchange.Dispose();
                _conclude(DnsAnswer.Failed($"{_question} could not be looked up: {problem}", now + DnsClient.FailureIsKept));
                break;
        }
    }

    private void Ask(DnsEffect.Ask ask)
    {
        var (turn, strays) = (_turn, 0);
        var query = new DnsQuery(ask.Server, _question, (ushort)_client.Identifiers.Next(), ask.HasOptions);
        var exchange = new CompositeDisposable();
        // First of all the old socket: it has nothing to say any more.
        _exchange.Disposable = exchange;
        exchange.Add(_client.Scheduler.Schedule(ask.Patience, () => Post(turn, new DnsEvent.TimedOut())));
        exchange.Add(_client.Network.Exchange(ask.Server, ask.IsStream, query.ToOctets()).Subscribe(
            packet =>
            {
                if (query.TryAccept(packet, out var response))
                    Post(turn, new DnsEvent.Answered(response));
                else if (Interlocked.Increment(ref strays) == MaxStrays)
                    Post(turn, new DnsEvent.Unreachable("too much came that is no answer"));
            },
            error => Post(turn, new DnsEvent.Unreachable(error.Message)),
            () => Post(turn, new DnsEvent.Unreachable("the connection was closed"))));
    }

    // What comes late belongs to a turn that is over.
    private void Post(int turn, DnsEvent input) => _client.Mailbox.Post(() =>
    {
        if (turn == _turn)
            Handle(input);
    });
}
