using System.Globalization;
using System.Text;
using Rx.Sip.Dialogs;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Rx.Sip.Registration.Bindings;
using Rx.Sip.Testing;
using Rx.Sip.Transactions;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>An endpoint that watches its bindings at a notifier that does what the test says.</summary>
public sealed class WatchingTests : IDialogUser, IDisposable
{
    private const string Aor = "sip:alice@example.test";
    private const string Tag = "notifier";
    private const string Tablet = "sip:alice@198.51.100.7";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Stage _stage = new();
    private readonly List<(TimeSpan At, IncomingRequest Request)> _subscribes = [];
    private readonly UserEndpoint _alice;
    private readonly CollaborationPlatform _server;
    private readonly SipPeerToPeerEndpoint _notifier;
    private readonly Recording<BindingSet> _sets;

    private Func<IncomingRequest, SipResponse?> _answer = Accept;

    public WatchingTests()
    {
        _server = _stage.StartRegistrar();
        _stage.Answer = request => Stage.Grant(request).WithHeader("Contact", request.Request.Headers.Get("Contact")!);
        _notifier = new SipPeerToPeerEndpoint(_server, new SipPeerToPeerEndpointSettings("sip:alice@example.test") { AutoRespond = AutoRespond.Never });
        _notifier.Establish().Subscribe();
        _notifier.Requests.Subscribe(Hear);
        _alice = _stage.User("alice", SipTransportType.Udp, new UserEndpointSettings("sip:alice@example.test", "example.test", 0) { RegistrationEvents = RegistrationEventUse.Always });
        _sets = _alice.InnerEndpoint.BindingSet.Record(_stage.World.Scheduler);
    }

    [Fact]
    public void The_SUBSCRIBE_says_what_and_who_and_for_how_long()
    {
        Establish();
        var subscribe = _subscribes.Single().Request.Request;
        Assert.Equal(
            ("sip:alice@example.test", "reg", "application/reginfo+xml", TimeSpan.FromSeconds(3761)),
            (subscribe.RequestUriText, subscribe.Headers.Get("Event"), subscribe.Headers.Get("Accept"), subscribe.Expires));
        Assert.Null(subscribe.To!.Tag);
        Assert.Single(subscribe.Contacts);
    }

    [Fact]
    public void A_NOTIFY_may_be_faster_than_the_success_and_its_way_is_the_way_of_the_refresh()
    {
        IncomingRequest? waiting = null;
        _answer = request =>
        {
            waiting = request;
            return null;
        };
        Establish();
        Assert.Equal(200, Notify(1, change: notify => notify.WithHeader("Record-Route", "<sip:10.0.0.1;transport=udp;lr>").WithHeader("Contact", "<sip:notifier@10.0.0.1:5060>")));
        Assert.Equal(Tablet, _sets.Values[^1].Others.Single().Contact.Uri.ToString());
        // The success may even be of another notifier that the SUBSCRIBE was forked to.
        waiting!.Respond(SipResponse.For(waiting.Request, 200, null, "another").WithHeader("Contact", "<sip:another@10.0.0.1:5060>").WithHeader("Expires", "3761"));
        _answer = Accept;
        _stage.World.RunFor(TimeSpan.FromHours(1));
        var refresh = _subscribes[1].Request.Request;
        Assert.Equal(
            ("sip:notifier@10.0.0.1:5060", "<sip:10.0.0.1;transport=udp;lr>", "notifier", 2u),
            (refresh.RequestUriText, refresh.Headers.Get("Route"), refresh.To!.Tag, refresh.CSeq!.Value.Number));
        Assert.Equal(refresh.CallId, waiting.Request.CallId);
    }

    [Fact]
    public void Of_several_notifiers_the_first_is_watched_and_the_others_hear_that_there_is_nothing()
    {
        Establish();
        Assert.Equal((200, 481, 200), (Notify(1), Notify(1, from: "another"), Notify(2)));
    }

    [Fact]
    public void What_is_no_notification_of_this_subscription_is_refused_for_what_it_is()
    {
        Establish();
        Assert.Equal(200, Notify(5));
        Assert.Equal(500, Notify(4));
        Assert.Equal(489, Notify(6, change: notify => notify.WithHeader("Event", "presence")));
        Assert.Equal(481, Notify(6, change: notify => notify.WithHeader("Event", "reg;id=7")));
        Assert.Equal(400, Notify(6, change: notify => notify.WithoutHeader("Subscription-State")));
        Assert.Equal(481, Notify(6, change: notify => notify.WithHeader("Call-ID", "unheard-of")));
        Assert.Equal(420, Notify(6, change: notify => notify.WithHeader("Require", "eventlist")));
        Assert.Equal(405, Notify(6, method: SipMethod.Info));
        Assert.Equal(200, Notify(6));
    }

    [Fact]
    public void A_body_that_is_none_changes_nothing_and_harms_nobody()
    {
        Establish();
        Notify(1);
        var before = _sets.Values.Count;
        Assert.Equal(200, Notify(2, change: notify => notify.WithBody("application/reginfo+xml", "<reginfo"u8.ToArray())));
        Assert.Equal(200, Notify(3, change: notify => notify.WithBody("text/plain", "hello"u8.ToArray())));
        Assert.Equal(before, _sets.Values.Count);
        Assert.IsType<EndpointState.Established>(_alice.CurrentState);
    }

    [Fact]
    public void A_gap_in_the_versions_is_closed_by_one_refresh_and_no_storm()
    {
        Establish();
        Notify(1);
        for (var version = 2u; version < 8; version++)
            Notify(version, version: version + 1, state: "partial");
        Assert.Equal(2, _subscribes.Count);
        Notify(8, version: 20);
        Notify(9, version: 30, state: "partial");
        Assert.Equal(3, _subscribes.Count);
    }

    [Fact]
    public void A_brief_interval_is_lengthened()
    {
        _answer = request => request.Request.Expires < TimeSpan.FromHours(2) ? request.CreateResponse(423).WithHeader("Min-Expires", "7200") : Accept(request);
        Establish();
        Assert.Equal([3761, 7200], _subscribes.Select(one => one.Request.Request.Expires!.Value.TotalSeconds));
        Assert.Single(_subscribes.Select(one => one.Request.Request.CallId).Distinct());
        Assert.Equal(200, Notify(1));
    }

    [Theory]
    [InlineData(489)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(603)]
    public void A_refusal_for_good_is_the_end_of_it(int status)
    {
        _answer = request => request.CreateResponse(status);
        Establish();
        _stage.World.RunFor(TimeSpan.FromDays(2));
        Assert.Single(_subscribes);
        Assert.IsType<EndpointState.Established>(_alice.CurrentState);
    }

    [Fact]
    public void A_notifier_that_wants_to_be_left_alone_is_left_alone_and_asked_ever_less_often()
    {
        _answer = request => request.CreateResponse(503).WithHeader("Retry-After", "100");
        Establish();
        _stage.World.RunFor(TimeSpan.FromHours(6));
        var waits = _subscribes.Zip(_subscribes.Skip(1), (one, next) => next.At - one.At).ToList();
        Assert.All(waits, wait => Assert.True(wait >= 100 * Second, $"{wait}"));
        Assert.All(waits.Skip(7), wait => Assert.InRange(wait, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(31)));
        Assert.Equal(_subscribes.Count, _subscribes.Select(one => one.Request.Request.CallId).Distinct().Count());
    }

    [Fact]
    public void A_notifier_that_has_forgotten_us_gets_a_new_subscription_at_once()
    {
        Establish();
        Notify(1);
        _answer = request => request.Request.To?.Tag is null ? Accept(request) : request.CreateResponse(481);
        _stage.World.RunUntil(() => _subscribes.Count == 3, TimeSpan.FromHours(1));
        Assert.InRange(_subscribes[2].At - _subscribes[1].At, TimeSpan.Zero, 0.1 * Second);
        Assert.NotEqual(_subscribes[1].Request.Request.CallId, _subscribes[2].Request.Request.CallId);
        Assert.Equal("reg", _subscribes[2].Request.Request.Headers.Get("Event"));
        Assert.Equal(200, Notify(1));
    }

    [Theory]
    [InlineData("deactivated", 0, 1)]
    [InlineData("timeout", 0, 1)]
    [InlineData("probation;retry-after=600", 600, 601)]
    [InlineData("giveup;retry-after=600", 600, 601)]
    [InlineData("giveup", 15, 31)]
    [InlineData("unheard-of", 15, 31)]
    [InlineData("rejected", -1, -1)]
    [InlineData("noresource", -1, -1)]
    [InlineData("invariant;retry-after=600", -1, -1)]
    public void A_subscription_that_was_ended_is_made_anew_as_its_reason_has_it(string reason, int earliest, int latest)
    {
        Establish();
        Notify(1);
        _stage.World.RunFor(TimeSpan.FromMinutes(5));
        var ended = _stage.World.Now - VirtualTime.Beginning;
        Assert.Equal(200, Notify(2, change: notify => notify.WithHeader("Subscription-State", $"terminated;reason={reason}")));
        Assert.Equal(481, Notify(3, of: 0));
        _stage.World.RunFor(TimeSpan.FromMinutes(20));
        if (latest < 0)
            Assert.Single(_subscribes);
        else
            Assert.InRange(_subscribes[1].At - ended, earliest * Second, latest * Second);
    }

    [Fact]
    public void A_success_without_a_NOTIFY_is_none()
    {
        Establish();
        _stage.World.RunFor(TimeSpan.FromMinutes(2));
        // Timer N, then the backoff.
        Assert.InRange(_subscribes[1].At - _subscribes[0].At, (32 + 15) * Second, (32 + 31) * Second);
        Assert.Equal(481, Notify(1, of: 0));
    }

    [Fact]
    public void An_endpoint_that_ends_takes_leave_and_leaves_nothing()
    {
        Establish();
        Notify(1);
        _stage.World.Await(_alice.TerminateAsync(TestContext.Current.CancellationToken));
        Assert.Equal((2, TimeSpan.Zero), (_subscribes.Count, _subscribes[1].Request.Request.Expires));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(25)]
    [InlineData(60)]
    public void An_endpoint_that_ends_while_anything_is_on_its_way_leaves_nothing(int milliseconds)
    {
        _alice.Establish().Subscribe(_ => { }, _ => { });
        _stage.World.RunFor(TimeSpan.FromMilliseconds(milliseconds));
        _stage.World.Await(_alice.TerminateAsync(TestContext.Current.CancellationToken));
    }

    void IDialogUser.OnRequest(ServerTransaction transaction) => Hear(new IncomingRequest(transaction));

    private void Hear(IncomingRequest request)
    {
        _subscribes.Add((_stage.World.Now - VirtualTime.Beginning, request));
        if (_answer(request) is { } response)
            request.Respond(response);
        if (Dialogs.Find(request.Request.WithHeader("To", $"<{Aor}>;tag={Tag}")) is null)
            Dialogs.Add(new DialogSetId(request.Request.CallId!, Tag), this);
    }

    private DialogLayer Dialogs => _server.Directory.Dialogs;

    private void Establish()
    {
        _alice.Establish().Subscribe(_ => { }, _ => { });
        _stage.World.RunFor(Second);
    }

    public void Dispose()
    {
        _sets.Dispose();
        foreach (var (_, subscribe) in _subscribes)
            Dialogs.Remove(new DialogSetId(subscribe.Request.CallId!, Tag));
        _stage.World.AssertNothingLeft();
    }

    private static SipResponse Accept(IncomingRequest request) =>
        SipResponse.For(request.Request, 200, null, Tag).WithHeader("Expires", ((long)request.Request.Expires!.Value.TotalSeconds).ToString(CultureInfo.InvariantCulture)).WithHeader("Contact", "<sip:10.0.0.1:5060>");

    private int Notify(
        uint sequence, string from = Tag, uint? version = null, string state = "full", int? of = null, SipMethod? method = null, Func<SipRequest, SipRequest>? change = null)
    {
        var subscribe = of is { } index ? _subscribes[index].Request.Request : _subscribes[^1].Request.Request;
        var contact = subscribe.Contacts[0].Uri;
        var notify = SipRequest.Create(method ?? SipMethod.Notify, contact, new NameAddress(subscribe.To!.Uri).WithTag(from), subscribe.From!, subscribe.CallId!, sequence)
            .WithHeader("Contact", "<sip:10.0.0.1:5060>").WithHeader("Event", "reg").WithHeader("Subscription-State", "active;expires=3600")
            .WithBody("application/reginfo+xml", Encoding.UTF8.GetBytes($"""
                <reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="{version ?? sequence}" state="{state}"><registration aor="sip:alice@example.test" id="r" state="active">
                <contact id="1" state="active" event="refreshed" expires="3600"><uri>{contact.ToString().Replace(";ob", "", StringComparison.Ordinal)}</uri></contact>
                <contact id="{version}2" state="active" event="registered" expires="600"><uri>{Tablet}</uri></contact></registration></reginfo>
                """));
        using var answer = _notifier.Send(change is null ? notify : change(notify)).Record(_stage.World.Scheduler);
        _stage.World.RunFor(0.1 * Second);
        return answer.Values[^1].StatusCode;
    }
}
