using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Dialogs;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Dialogs;

public class DialogTests
{
    private const string Alice = "<sip:alice@example.test>;tag=a";
    private const string Bob = "<sip:bob@example.test>";

    [Fact]
    public void A_success_makes_a_dialog_whose_requests_go_back_the_way_it_came()
    {
        var dialog = Client(200, "<sip:p2.test;lr>, <sip:p1.test;lr>");
        Assert.Equal((new DialogId("c", "a", "b"), DialogState.Confirmed), (dialog.Id, dialog.State));
        var bye = dialog.Advanced().Write(SipMethod.Bye);
        Assert.Equal(
            ("sip:bob@192.0.2.2", "<sip:p1.test;lr>, <sip:p2.test;lr>", 8u, $"{Bob};tag=b", Alice),
            (bye.RequestUriText, bye.Headers.Get("Route"), bye.CSeq!.Value.Number, bye.To!.ToString(), bye.From!.ToString()));
    }

    [Fact]
    public void A_strict_router_of_old_gets_the_request_in_its_own_name()
    {
        var bye = Client(200, "<sip:p2.test;lr>, <sip:p1.test>").Advanced().Write(SipMethod.Bye);
        Assert.Equal(("sip:p1.test", "<sip:p2.test;lr>, <sip:bob@192.0.2.2>"), (bye.RequestUriText, bye.Headers.Get("Route")));
    }

    [Fact]
    public void A_dialog_without_proxies_has_no_route() => Assert.Null(Client(200, null).Advanced().Write(SipMethod.Bye).Headers.Get("Route"));

    [Fact]
    public void A_provisional_response_makes_an_early_dialog_that_its_success_confirms_with_a_way_of_its_own()
    {
        var early = Client(180, "<sip:p1.test;lr>");
        Assert.Equal(DialogState.Early, early.State);
        var confirmed = early.Confirm(Response(200, "<sip:p9.test;lr>", "<sip:bob@192.0.2.9>"));
        Assert.Equal((DialogState.Confirmed, "sip:bob@192.0.2.9", "sip:p9.test;lr"), (confirmed.State, confirmed.RemoteTarget.ToString(), confirmed.RouteSet.Single().Uri.ToString()));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(302)]
    [InlineData(486)]
    public void Other_responses_make_none(int status) => Assert.Null(Dialog.OfClient(Invite(), Response(status, null, "<sip:bob@192.0.2.2>")));

    [Fact]
    public void A_success_that_names_no_Contact_makes_none() => Assert.Null(Dialog.OfClient(Invite(), SipResponse.For(Invite(), 200, null, "b")));

    [Fact]
    public void A_request_that_was_challenged_counts_as_it_was_numbered_last()
    {
        var response = Response(200, null, "<sip:bob@192.0.2.2>").WithHeader("CSeq", "9 INVITE");
        Assert.Equal(10u, Dialog.OfClient(Invite(), response)!.Advanced().LocalSequence);
    }

    [Fact]
    public void Both_sides_of_a_dialog_agree()
    {
        var request = Invite().WithHeader("Contact", "<sip:alice@192.0.2.1>").WithHeader("Record-Route", "<sip:p2.test;lr>, <sip:p1.test;lr>");
        var response = SipResponse.For(request, 200, null, "b").WithHeader("Contact", "<sip:bob@192.0.2.2>").WithHeader("Record-Route", "<sip:p2.test;lr>, <sip:p1.test;lr>");
        var (client, server) = (Dialog.OfClient(request, response)!, Dialog.OfServer(request, response)!);
        Assert.Equal((client.Id.LocalTag, client.Id.RemoteTag), (server.Id.RemoteTag, server.Id.LocalTag));
        Assert.Equal(client.RouteSet.Reverse(), server.RouteSet);
        Assert.Equal("sip:alice@192.0.2.1", server.RemoteTarget.ToString());
        // What one writes is in order for the other, once.
        var bye = client.Advanced().Write(SipMethod.Bye);
        Assert.NotNull(server.Hear(bye));
        Assert.Null(server.Hear(bye)!.Hear(bye));
        Assert.Null(server.Hear(request));
    }

    [Fact]
    public void A_NOTIFY_makes_the_dialog_of_a_subscription_with_its_own_way()
    {
        var notify = SipRequest.Create(SipMethod.Notify, SipUri.Parse("sip:alice@192.0.2.1"), NameAddress.Parse($"{Bob};tag=n"), NameAddress.Parse(Alice), "c", 77)
            .WithHeader("Contact", "<sip:notifier@192.0.2.3>").WithHeader("Record-Route", "<sip:p1.test;lr>, <sip:p2.test;lr>");
        var dialog = Dialog.OfNotify(NameAddress.Parse(Alice), 3, notify)!;
        var refresh = dialog.Advanced().Write(SipMethod.Subscribe);
        Assert.Equal(
            ("sip:notifier@192.0.2.3", "<sip:p1.test;lr>, <sip:p2.test;lr>", 4u, $"{Bob};tag=n"),
            (refresh.RequestUriText, refresh.Headers.Get("Route"), refresh.CSeq!.Value.Number, refresh.To!.ToString()));
        Assert.Null(dialog.Hear(notify));
    }

    [Theory]
    [InlineData("INVITE", true)]
    [InlineData("UPDATE", true)]
    [InlineData("NOTIFY", true)]
    [InlineData("MESSAGE", false)]
    [InlineData("BYE", false)]
    public void The_Contact_of_some_requests_renews_where_ours_go(string method, bool renews)
    {
        var request = SipRequest.Create(SipMethod.Parse(method), SipUri.Parse("sip:a@b"), NameAddress.Parse($"{Bob};tag=b"), NameAddress.Parse(Alice), "c", 1)
            .WithHeader("Contact", "<sip:bob@192.0.2.77>");
        Assert.Equal(renews ? "sip:bob@192.0.2.77" : "sip:bob@192.0.2.2", Client(200, null).Hear(request)!.RemoteTarget.ToString());
    }

    [Fact]
    public void A_dialog_that_the_peer_does_not_know_is_over()
    {
        Assert.Equal(DialogState.Terminated, Client(200, null).Hear(Response(481, null, null)).State);
        Assert.Equal(DialogState.Confirmed, Client(200, null).Hear(Response(500, null, null)).State);
    }

    [Fact]
    public void A_request_finds_its_user_by_Call_ID_and_our_tag_alone()
    {
        var layer = new DialogLayer();
        var user = new NoUser();
        layer.Add(new DialogSetId("c", "b"), user);
        Assert.Same(user, layer.Find(Invite().WithHeader("To", $"{Bob};tag=b")));
        Assert.Null(layer.Find(Invite()));
        Assert.Null(layer.Find(Invite().WithHeader("To", $"{Bob};tag=x")));
        layer.Remove(new DialogSetId("c", "b"));
        Assert.Null(layer.Find(Invite().WithHeader("To", $"{Bob};tag=b")));
    }

    [Fact]
    public void Of_the_peers_requests_in_any_order_each_is_taken_once_and_none_behind_a_later_one() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.Choose(0, 20))),
        numbers =>
        {
            var (dialog, highest) = (Client(200, null), -1);
            foreach (var number in numbers)
            {
                var next = dialog.Hear(SipRequest.Create(SipMethod.Info, SipUri.Parse("sip:a@b"), NameAddress.Parse($"{Bob};tag=b"), NameAddress.Parse(Alice), "c", (uint)number));
                if (next is not null != number > highest)
                    return false;
                (dialog, highest) = (next ?? dialog, Math.Max(highest, number));
            }
            return dialog.LocalSequence == 7;
        }).QuickCheckThrowOnFailure();

    private static SipRequest Invite() => SipRequest.Create(SipMethod.Invite, SipUri.Parse("sip:bob@example.test"), NameAddress.Parse(Alice), NameAddress.Parse(Bob), "c", 7);

    private static SipResponse Response(int status, string? recordRoute, string? contact)
    {
        var response = SipResponse.For(Invite(), status, null, "b");
        response = recordRoute is null ? response : response.WithHeader("Record-Route", recordRoute);
        return contact is null ? response : response.WithHeader("Contact", contact);
    }

    private static Dialog Client(int status, string? recordRoute) => Dialog.OfClient(Invite(), Response(status, recordRoute, "<sip:bob@192.0.2.2>"))!;

    private sealed class NoUser : IDialogUser
    {
        public void OnRequest(Rx.Sip.Transactions.ServerTransaction transaction)
        {
        }
    }
}
