using Rx.Sip.Runtime;

namespace Rx.Sip.Registration;

/// <summary>
/// One registration: does what its plan wants, one phase after the other, and tells the plan what came of it. Most of the time it waits, and there may
/// be tens of thousands that do: so it is one small object and one alarm, not a chain of operators.
/// </summary>
internal sealed class RegistrationRun : Alarm, IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly RegistrationLoop _loop;
    private readonly IObserver<RegistrationState> _observer;
    private RegistrationPlan _plan;
    // What came of what is under way, until the plan is told.
    private RegistrationEvent? _outcome;
    private RegistrationWork? _work;
    private NetworkWatch? _network;
    // How long leaving waits for what is under way, on the clock of the alarms.
    private TimeSpan _patience = TimeSpan.MaxValue;
    private bool _isDue = true;
    private bool _isBusy;
    private bool _isOver;
    private bool _isDisposed;

    public RegistrationRun(RegistrationLoop loop, RegistrationPlan plan, IObserver<RegistrationState> observer) =>
        (_loop, _plan, _observer) = (loop, plan, observer);

    /// <summary>What is known of the surroundings.</summary>
    public Surroundings Surroundings { get; private set; } = Surroundings.Calm;

    public void Start(IObservable<bool>? networkAvailable)
    {
        if (networkAvailable is not null)
        {
            _network = new NetworkWatch(this, _loop.Alarms.Mailbox);
            Surroundings = Surroundings with { IsNetworkAvailable = _network.Begin(networkAvailable) };
        }
        Tell();
        Proceed();
    }

    /// <summary>The surroundings have changed.</summary>
    public void Change(Surroundings now)
    {
        Surroundings = now;
        Proceed();
    }

    /// <summary>What is under way has come to that.</summary>
    public void Conclude(RegistrationEvent outcome)
    {
        _outcome = outcome;
        Proceed();
    }

    /// <summary>What we can't even write will not become right by itself.</summary>
    public void Fail(Exception error)
    {
        if (_isOver)
            return;
        Tell(new RegistrationState.Unregistered(RegistrationFailure.NotSendable(error)));
        Finish();
    }

    public void Dispose()
    {
        (_isDisposed, _isOver) = (true, true);
        Rest();
        _network?.Dispose();
    }

    internal override void Ring() => Conclude(_plan.Phase switch
    {
        RegistrationPhase.Leave => new RegistrationEvent.Left(false),
        RegistrationPhase.Attempt when _patience <= _loop.Alarms.Elapsed => new RegistrationEvent.WaitedEnough((_work as RegistrationAttempt)?.Sent),
        _ => new RegistrationEvent.TimePassed(),
    });

    // A loop and not recursion: a registration goes on for months, and what answers on the spot calls back from inside.
    private void Proceed()
    {
        if (_isBusy)
            return;
        _isBusy = true;
        try
        {
            while (!_isOver && GoOn())
            {
            }
        }
        catch (Exception error)
        {
            Fail(error);
        }
        _isBusy = false;
    }

    private bool GoOn()
    {
        if (_isDue)
            Begin();
        else if (Next() is { } input)
            Hear(input);
        else
            return false;
        return true;
    }

    private RegistrationEvent? Next()
    {
        var change = _plan.Phase != RegistrationPhase.Leave && Surroundings != _plan.Surroundings ? new RegistrationEvent.Changed(Surroundings) : null;
        // What changed may be why there is nothing to wait for any more; an answer that is there counts first.
        if (change is not null && (_outcome is null || _plan.Phase == RegistrationPhase.Wait))
            return change;
        var outcome = _outcome;
        _outcome = null;
        return outcome;
    }

    private void Begin()
    {
        _isDue = false;
        if (_plan.Phase == RegistrationPhase.Wait)
        {
            if (IsDue)
                _outcome = new RegistrationEvent.TimePassed();
            else
                Arm();
        }
        else if (_plan.Phase == RegistrationPhase.Leave)
        {
            BePatient();
            Do(new RegistrationRemoval(this, _loop, _plan));
        }
        else
        {
            var attempt = new RegistrationAttempt(this, _loop, _plan);
            if (IsDue)
                Hear(new RegistrationEvent.TimePassed());
            Arm();
            Do(attempt);
        }
    }

    private void Do(RegistrationWork work)
    {
        _work = work;
        work.Start();
    }

    private void Hear(RegistrationEvent input)
    {
        var before = _plan;
        _plan = before.Next(input, _loop.Alarms.Now, _loop.Identifiers.Fraction());
        _loop.Remember(_plan, null);
        if (!_plan.State.Equals(before.State))
            Tell();
        if (_plan.Phase == RegistrationPhase.Over)
            Finish();
        else if (before.Phase != RegistrationPhase.Attempt || input is RegistrationEvent.Answered or RegistrationEvent.Unreachable or RegistrationEvent.WaitedEnough)
            Rest();
        else
            GoOnAttempting(input);
    }

    private void GoOnAttempting(RegistrationEvent input)
    {
        _loop.Remember(_plan, (_work as RegistrationAttempt)?.Sent);
        if (input is RegistrationEvent.Changed { Now.IsLeaving: true } && _patience == TimeSpan.MaxValue)
            BePatient();
        else
            Arm();
    }

    private bool IsDue => _plan.NextInstant <= _loop.Alarms.Now;

    private void BePatient()
    {
        _patience = _loop.Alarms.Elapsed + _loop.Settings.LeaveTimeout;
        Arm();
    }

    // Instants may be years away and timers not: the plan is asked again from time to time.
    private void Arm()
    {
        var wait = _plan.NextInstant == DateTimeOffset.MaxValue ? TimeSpan.MaxValue : _plan.NextInstant - _loop.Alarms.Now;
        if (_patience != TimeSpan.MaxValue && _patience - _loop.Alarms.Elapsed < wait)
            wait = _patience - _loop.Alarms.Elapsed;
        if (wait == TimeSpan.MaxValue)
            _loop.Alarms.Stop(this);
        else
            _loop.Alarms.Set(this, wait < LongestTimer ? wait : LongestTimer);
    }

    /// <summary>The phase is over, and the next one is due.</summary>
    private void Rest()
    {
        _work?.Dispose();
        (_work, _outcome, _patience, _isDue) = (null, null, TimeSpan.MaxValue, true);
        _loop.Alarms.Stop(this);
    }

    private void Finish()
    {
        _isOver = true;
        Rest();
        _network?.Dispose();
        _loop.Alarms.Mailbox.Post(static (self, _) =>
        {
            if (!((RegistrationRun)self!)._isDisposed)
                ((RegistrationRun)self)._observer.OnCompleted();
        }, this, null);
    }

    private void Tell() => Tell(_plan.State);

    private void Tell(RegistrationState state) => _loop.Alarms.Mailbox.Post(static (self, state) =>
    {
        if (!((RegistrationRun)self!)._isDisposed)
            ((RegistrationRun)self)._observer.OnNext((RegistrationState)state!);
    }, this, state);
}
