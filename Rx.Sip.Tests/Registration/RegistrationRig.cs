using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Runtime;
using Rx.Sip.Tests.Doubles;
using Rx.Sip.Transactions;

namespace Rx.Sip.Tests.Registration;

/// <summary>A registration loop on virtual time, its signals, and a registrar that answers as the test says.</summary>
internal sealed class RegistrationRig : IDisposable
{
    private readonly List<(TimeSpan At, RegistrationState State)> _states = [];
    private readonly List<(TimeSpan At, SipRequest Request)> _registers = [];
    private readonly AlarmTable _alarms;
    private RegistrationLoop? _loop;
    private IDisposable? _signals;

    public RegistrationRig(long seed = 42)
    {
        _alarms = new AlarmTable(Time, new Mailbox(error => throw error));
        Server = new PretendServer(request => Latency == TimeSpan.Zero
            ? Observable.Return(Answer(request))
            : Observable.Timer(Latency, Time).Select(_ => Answer(request)));
        Identifiers = new SipIdentifiers(seed);
        Client = new PretendServer(request =>
        {
            _registers.Add((Time.Elapsed, request));
            return Server.Request(request);
        });
        Access.Contact = _ => Observable.Return(Contact);
        Settings = new RegistrationSettings
        {
            Aor = SipUri.Parse("sip:alice@example.test"),
            Registrar = SipUri.Parse("sip:example.test"),
        };
    }

    public WatchedTime Time { get; } = new();

    public SipIdentifiers Identifiers { get; }

    /// <summary>What the loop sends through; by default straight to the server.</summary>
    public IRequestClient Client { get; set; }

    public PretendServer Server { get; }

    public RegistrationSettings Settings { get; set; }

    /// <summary>Our contact; null when the registrar can't be reached.</summary>
    public NameAddress? Contact { get; set; } = NameAddress.Parse("<sip:alice@192.0.2.1:5060>");

    public TimeSpan Latency { get; set; }

    public Func<SipRequest, SipResponse> Answer { get; set; } = Ok;

    /// <summary>The ways to the registrar, and from there.</summary>
    public PretendAccess Access { get; } = new();

    public Subject<Exception?> FlowLost { get; } = new();

    public Subject<bool> Network { get; } = new();

    public Subject<Unit> Leave { get; } = new();

    public Subject<Eviction?> Outdated { get; } = new();

    public bool IsCompleted { get; private set; }

    public IReadOnlyList<RegistrationState> States => [.. _states.Select(entry => entry.State)];

    public RegistrationState State => _states[^1].State;

    public IReadOnlyList<(TimeSpan At, RegistrationState State)> Timeline => _states;

    /// <summary>When each REGISTER was sent.</summary>
    public IReadOnlyList<TimeSpan> Instants => [.. _registers.Select(entry => entry.At)];

    public IReadOnlyList<SipRequest> Registers => [.. _registers.Select(entry => entry.Request)];

    /// <summary>Whether the loop observes anything.</summary>
    public bool IsObserved => Network.HasObservers;

    /// <summary>The registrar grants what is asked for.</summary>
    public static SipResponse Ok(SipRequest request) => Grant(request, request.Expires ?? TimeSpan.FromHours(1));

    public static SipResponse Grant(SipRequest request, TimeSpan time) =>
        request.Answer(200).WithHeader("Contact", $"{new NameAddress(request.Contacts[0].Uri)};expires={(long)time.TotalSeconds}");

    /// <summary>Starts the loop; again after it has ended.</summary>
    public RegistrationRig Start()
    {
        _loop ??= new RegistrationLoop(Client, Access, Settings, Identifiers, _alarms);
        _signals?.Dispose();
        _signals = StableCompositeDisposable.Create(FlowLost.Subscribe(_loop.Lose), Leave.Subscribe(_ => _loop.Leave()), Outdated.Subscribe(_loop.Outdate));
        _loop.Start(Network, Observer.Create<RegistrationState>(state => _states.Add((Time.Elapsed, state)), () => IsCompleted = true));
        return this;
    }

    /// <summary>Whether neither timers, transactions nor subscriptions are left.</summary>
    public bool IsQuiet => Time.Pending == 0 && Server.Open == 0 && !IsObserved;

    public void Dispose() => _loop?.Dispose();
}
