using Rx.Sip.Messages;
using Rx.Sip.Registration;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Registration;

/// <summary>What each answer to a REGISTER leads to.</summary>
public class RegistrationAnswersTests
{
    public static TheoryData<int, bool> Transient => Cross([408, 430, 480, 491, 500, 501, 502, 503, 504, 505, 513, 580, 600, 603, 604, 606]);

    public static TheoryData<int, bool> Final =>
        Cross([300, 301, 302, 305, 380, 400, 401, 402, 403, 404, 405, 406, 407, 410, 413, 415, 416, 420, 421, 423, 439, 482, 483, 486, 489, 493]);

    [Theory]
    [MemberData(nameof(Transient))]
    public void A_transient_failure_is_tried_again(int status, bool isRefresh)
    {
        using var rig = Failing(request => request.Answer(status), isRefresh);
        var waiting = Assert.IsType<RegistrationState.WaitingForRetry>(rig.State);
        Assert.Equal((RegistrationFailureKind.Transient, status, 2), (waiting.Cause.Kind, waiting.Cause.Response?.StatusCode, waiting.Attempt));
        Assert.Equal(isRefresh, waiting.Until is not null);
        rig.Answer = RegistrationRig.Ok;
        rig.Time.AdvanceBy(TimeSpan.FromMinutes(1));
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    [Theory]
    [MemberData(nameof(Final))]
    public void A_refusal_ends_the_registration(int status, bool isRefresh)
    {
        using var rig = Failing(request => request.Answer(status), isRefresh);
        var end = Assert.IsType<RegistrationState.Unregistered>(rig.State);
        Assert.NotEqual(RegistrationFailureKind.Transient, end.Cause!.Kind);
        Assert.Equal(status, end.Cause.Response?.StatusCode);
        Assert.True(rig.IsCompleted);
        Assert.True(rig.IsQuiet);
        rig.Time.AdvanceBy(TimeSpan.FromDays(1));
        Assert.Equal(isRefresh ? 2 : 1, rig.Registers.Count);
    }

    [Theory]
    [InlineData(401, RegistrationFailureKind.Credentials)]
    [InlineData(407, RegistrationFailureKind.Credentials)]
    [InlineData(403, RegistrationFailureKind.Policy)]
    [InlineData(423, RegistrationFailureKind.Policy)]
    [InlineData(404, RegistrationFailureKind.Permanent)]
    [InlineData(302, RegistrationFailureKind.Moved)]
    [InlineData(300, RegistrationFailureKind.Permanent)]
    public void A_refusal_says_of_what_kind_it_is(int status, RegistrationFailureKind kind) =>
        Assert.Equal(kind, RegistrationFailure.From(Say.Register().Answer(status)).Kind);

    [Theory]
    [InlineData(413)]
    [InlineData(486)]
    [InlineData(600)]
    public void Who_says_when_to_come_back_is_not_refusing(int status)
    {
        using var rig = Failing(request => request.Answer(status).WithHeader("Retry-After", "120"), isRefresh: false);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMinutes(2), Assert.IsType<RegistrationState.WaitingForRetry>(rig.State).Due);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(503)]
    public void A_silent_or_unreachable_registrar_is_tried_again(int status)
    {
        using var rig = Failing(request => SipResponse.Local(request, status, null), isRefresh: false);
        Assert.Contains("(local)", Assert.IsType<RegistrationState.WaitingForRetry>(rig.State).Cause.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_too_brief_is_met_at_once_and_kept()
    {
        using var rig = new RegistrationRig { Answer = Demanding(TimeSpan.FromHours(2)) }.Start();
        Assert.Equal([3600, 7200], rig.Registers.Select(register => register.Expires!.Value.TotalSeconds));
        Assert.Equal(["Registering", "Registered"], rig.States.Select(state => state.ToString().Split(' ')[0]));
        rig.Time.AdvanceTo(TimeSpan.FromHours(2));
        Assert.Equal(3, rig.Registers.Count);
        // A registrar that wants more later is given more later.
        rig.Answer = Demanding(TimeSpan.FromHours(3));
        rig.Time.AdvanceTo(TimeSpan.FromHours(4));
        Assert.Equal([7200, 7200, 10800], rig.Registers.Skip(2).Select(register => register.Expires!.Value.TotalSeconds));
    }

    [Theory]
    [InlineData("10800")]
    [InlineData("3600")]
    [InlineData("10")]
    [InlineData("soon")]
    public void An_interval_that_is_never_long_enough_is_not_chased(string minimum)
    {
        var least = int.TryParse(minimum, out var seconds) ? seconds : 0;
        using var rig = new RegistrationRig { Answer = request => request.Answer(423).WithHeader("Min-Expires", $"{minimum}") }.Start();
        Assert.Equal(least > 3600 ? 2 : 1, rig.Registers.Count);
        Assert.Equal(RegistrationFailureKind.Policy, Assert.IsType<RegistrationState.Unregistered>(rig.State).Cause!.Kind);
    }

    [Fact]
    public void An_interval_that_grows_with_every_answer_is_not_chased_either()
    {
        using var rig = new RegistrationRig { Answer = request => request.Answer(423).WithHeader("Min-Expires", $"{request.Expires!.Value.TotalSeconds + 60}") }.Start();
        Assert.Equal(2, rig.Registers.Count);
        Assert.IsType<RegistrationState.Unregistered>(rig.State);
    }

    [Fact]
    public void A_failure_in_between_gives_the_interval_another_try()
    {
        var answers = new Queue<int>([423, 503, 423, 200]);
        using var rig = new RegistrationRig
        {
            Answer = request => answers.Dequeue() switch
            {
                423 => request.Answer(423).WithHeader("Min-Expires", $"{request.Expires!.Value.TotalSeconds + 60}"),
                200 => RegistrationRig.Ok(request),
                var status => request.Answer(status),
            },
        }.Start();
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(2));
        Assert.IsType<RegistrationState.Registered>(rig.State);
    }

    [Fact]
    public void A_grant_of_nothing_is_a_failure()
    {
        using var rig = new RegistrationRig { Answer = request => RegistrationRig.Grant(request, TimeSpan.Zero) }.Start();
        Assert.Equal("the registrar granted no time", Assert.IsType<RegistrationState.WaitingForRetry>(rig.State).Cause.ToString());
    }

    [Fact]
    public void A_success_that_is_not_admitted_is_given_back()
    {
        var rig = new RegistrationRig();
        var failure = new RegistrationFailure(RegistrationFailureKind.Credentials, "nobody asked for the credentials", null, null);
        rig.Access.Refusal = _ => failure;
        using (rig.Start())
            Assert.Equal(["Registering", "Unregistering", "Unregistered (nobody asked for the credentials)"], rig.States.Select(state => state.ToString()));
        Assert.Equal([TimeSpan.FromHours(1), TimeSpan.Zero], rig.Registers.Select(register => register.Expires!.Value));
        Assert.True(rig.IsQuiet);
    }

    [Theory]
    [InlineData(typeof(RecoveryPolicy.None))]
    [InlineData(typeof(RecoveryPolicy.SingleRefresh))]
    public void Without_backoff_a_failed_refresh_ends_the_registration(Type policy)
    {
        using var rig = Failing(request => request.Answer(503), isRefresh: true, (RecoveryPolicy)Activator.CreateInstance(policy)!);
        Assert.Equal("Unregistered (503 Service Unavailable)", rig.State.ToString());
        Assert.True(rig.IsCompleted);
    }

    [Fact]
    public void With_a_single_refresh_a_lost_connection_gets_one_try()
    {
        using var rig = new RegistrationRig();
        rig.Settings = rig.Settings with { Recovery = new RecoveryPolicy.SingleRefresh() };
        rig.Start();
        rig.Time.AdvanceTo(TimeSpan.FromMinutes(1));
        rig.FlowLost.OnNext(null);
        rig.Time.AdvanceBy(TimeSpan.FromSeconds(30));
        Assert.IsType<RegistrationState.Registered>(rig.State);
        rig.FlowLost.OnNext(null);
        rig.Answer = request => SipResponse.Local(request, 503, null);
        rig.Time.AdvanceTo(TimeSpan.FromHours(1));
        Assert.IsType<RegistrationState.Unregistered>(rig.State);
        Assert.Equal(3, rig.Registers.Count);
    }

    [Fact]
    public void Without_recovery_a_lost_connection_is_the_end()
    {
        using var rig = new RegistrationRig();
        rig.Settings = rig.Settings with { Recovery = new RecoveryPolicy.None() };
        rig.Start();
        rig.FlowLost.OnNext(null);
        Assert.Equal("Unregistered (the connection was closed)", rig.State.ToString());
        Assert.True(rig.IsQuiet);
    }

    [Fact]
    public void CSeq_goes_on_from_what_challenges_have_used_up()
    {
        var rig = new RegistrationRig();
        var server = rig.Client;
        rig.Client = new PretendServer(request => server.Request(request.WithHeader("CSeq", $"{request.CSeq!.Value.Number + 1} REGISTER")));
        using (rig.Start())
            rig.Time.AdvanceTo(TimeSpan.FromHours(2));
        Assert.Equal([2u, 4, 6], rig.Registers.Select(register => register.CSeq!.Value.Number));
    }

    [Fact]
    public void CSeq_does_not_follow_a_registrar_that_makes_one_up()
    {
        using var rig = new RegistrationRig { Answer = request => RegistrationRig.Ok(request).WithHeader("CSeq", "2147483647 REGISTER") }.Start();
        rig.Time.AdvanceTo(TimeSpan.FromHours(2));
        Assert.Equal([1u, 2, 3], rig.Registers.Select(register => register.CSeq!.Value.Number));
    }

    [Fact]
    public void A_client_that_never_answers_or_fails_counts_as_an_unreachable_registrar()
    {
        foreach (var broken in new IObservable<SipResponse>[] { System.Reactive.Linq.Observable.Empty<SipResponse>(), System.Reactive.Linq.Observable.Throw<SipResponse>(new InvalidOperationException()) })
        {
            using var rig = new RegistrationRig { Client = new PretendServer((SipRequest _) => broken) }.Start();
            Assert.Equal("503 Service Unavailable (local)", Assert.IsType<RegistrationState.WaitingForRetry>(rig.State).Cause.ToString());
        }
    }

    /// <summary>A rig whose first REGISTER, or first refresh, has just been answered like that.</summary>
    private static RegistrationRig Failing(Func<SipRequest, SipResponse> answer, bool isRefresh, RecoveryPolicy? policy = null)
    {
        var rig = new RegistrationRig();
        rig.Settings = rig.Settings with { Recovery = policy ?? RecoveryPolicy.Default };
        if (!isRefresh)
            rig.Answer = answer;
        rig.Start();
        rig.Answer = answer;
        while (isRefresh && rig.Registers.Count < 2)
            rig.Time.AdvanceBy(TimeSpan.FromSeconds(1));
        return rig;
    }

    private static Func<SipRequest, SipResponse> Demanding(TimeSpan least) => request =>
        request.Expires < least ? request.Answer(423).WithHeader("Min-Expires", $"{least.TotalSeconds}") : RegistrationRig.Ok(request);

    private static TheoryData<int, bool> Cross(int[] statuses)
    {
        var data = new TheoryData<int, bool>();
        foreach (var status in statuses)
        {
            data.Add(status, false);
            data.Add(status, true);
        }
        return data;
    }
}
