using System.Net;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Sip.Runtime;

namespace Rx.Sip.Transports.Dns;

/// <summary>
/// Asks questions of DNS servers and keeps the answers as long as they hold. Who asks what is being asked already waits for the same
/// answer. Everything happens in a mailbox of its own; safe from any thread. It holds nothing open but for what somebody waits for.
/// </summary>
internal sealed class DnsClient
{
    /// <summary>RFC 9520 §3.2: a failure is not tried again at once by everybody who meets it.</summary>
    public static readonly TimeSpan FailureIsKept = TimeSpan.FromSeconds(1);

    private const int MaxAliases = 8;

    private readonly Dictionary<DnsQuestion, Underway> _underway = [];
    private readonly DnsCache _cache;
    private readonly Func<IReadOnlyList<IPEndPoint>> _servers;
    private readonly DnsSettings _settings;
    private IPEndPoint? _trusted;

    public DnsClient(DnsSettings settings, IDnsNetwork network, Func<IReadOnlyList<IPEndPoint>> servers)
    {
        (_settings, Network, _servers) = (settings, network, servers);
        _cache = new DnsCache(settings.CacheCapacity);
    }

    public IDnsNetwork Network { get; }

    public IScheduler Scheduler => _settings.Scheduler;

    public SipIdentifiers Identifiers => _settings.Identifiers;

    // What an observer throws is his own affair.
    public Mailbox Mailbox { get; } = new(static _ => { });

    /// <summary>How many questions are being asked.</summary>
    public int Pending => _underway.Count;

    /// <summary>How many answers are kept, those included that have expired since they were last asked for.</summary>
    public int Kept => _cache.Count;

    /// <summary>Cold: yields one answer and completes, at once if it is known. Never errors. Speaks in the mailbox.</summary>
    public IObservable<DnsAnswer> Ask(DnsQuestion question) => Observable.Create<DnsAnswer>(observer =>
    {
        var waiting = new SingleAssignmentDisposable();
        Mailbox.Post(() =>
        {
            if (waiting.IsDisposed)
                return;
            if (_cache.TryGet(question, Scheduler.Now, out var known))
                Tell(observer, known);
            else
                waiting.Disposable = Join(question, observer);
        });
        return waiting;
    });

    /// <summary>The server is asked first from now on: it has answered.</summary>
    public void Trust(IPEndPoint server) => _trusted = server;

    private IDisposable Join(DnsQuestion question, IObserver<DnsAnswer> observer)
    {
        if (_underway.TryGetValue(question, out var underway))
        {
            underway.Observers.Add(observer);
        }
        else
        {
            _underway[question] = underway = new Underway(question);
            underway.Observers.Add(observer);
            Start(underway, question);
        }
        return Disposable.Create(() => Mailbox.Post(() => Leave(underway, observer)));
    }

    private void Start(Underway underway, DnsQuestion question)
    {
        var servers = _servers().OrderBy(server => server.Equals(_trusted) ? 0 : 1);
        var run = new DnsRun(this, question, DnsLookup.Of(servers, _settings.Patience, _settings.Rounds), answer => GoOn(underway, question, answer));
        underway.Work.Disposable = run;
        run.Start();
    }

    // Where an alias leads out of a response its target is asked for by itself: who waited for another's question could wait for himself.
    private void GoOn(Underway underway, DnsQuestion question, DnsAnswer answer)
    {
        var now = Scheduler.Now;
        underway.Expires = answer.Expires < underway.Expires ? answer.Expires : underway.Expires;
        if (answer.Alias is null)
            _cache.Set(question, answer, now);
        if (answer.Alias is not { } alias)
            Conclude(underway, answer);
        else if (++underway.Aliases > MaxAliases || !DnsName.TryNormalize(alias, out _))
            Conclude(underway, DnsAnswer.TooManyAliases(underway.Question, now + FailureIsKept));
        else if (question with { Name = alias } is var next && _cache.TryGet(next, now, out var known))
            Conclude(underway, known);
        else
            Start(underway, next);
    }

    private void Conclude(Underway underway, DnsAnswer answer)
    {
        _underway.Remove(underway.Question);
        var final = answer.Until(underway.Expires);
        _cache.Set(underway.Question, final, Scheduler.Now);
        // Each by itself: what one of them throws is not the others' affair.
        foreach (var observer in underway.Observers)
            Mailbox.Post(() => Tell(observer, final));
    }

    private void Leave(Underway underway, IObserver<DnsAnswer> observer)
    {
        underway.Observers.Remove(observer);
        if (underway.Observers.Count > 0 || !_underway.TryGetValue(underway.Question, out var current) || current != underway)
            return;
        _underway.Remove(underway.Question);
        underway.Work.Dispose();
    }

    private static void Tell(IObserver<DnsAnswer> observer, DnsAnswer answer)
    {
        observer.OnNext(answer);
        observer.OnCompleted();
    }

    private sealed class Underway(DnsQuestion question)
    {
        public DnsQuestion Question => question;

        public List<IObserver<DnsAnswer>> Observers { get; } = [];

        public SerialDisposable Work { get; } = new();

        /// <summary>Aliases that led out of a response.</summary>
        public int Aliases { get; set; }

        /// <summary>When the first of those aliases is not known any more.</summary>
        public DateTimeOffset Expires { get; set; } = DateTimeOffset.MaxValue;
    }
}
