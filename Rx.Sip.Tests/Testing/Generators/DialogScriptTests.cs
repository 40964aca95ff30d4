using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Testing.Generators;

public class DialogScriptTests
{
    [Fact]
    public void Every_request_is_valid_and_every_final_response_belongs_to_the_request_before() =>
        Prop.ForAll(SipArbitraries.Dialog, dialog =>
        {
            Assert.All(dialog.Requests, request => Assert.Null(SipRules.Default.Validate(request)));
            foreach (var response in dialog.Responses)
                Assert.Contains(dialog.Requests, request => request.CSeq == response.CSeq && request.TopVia!.Branch == response.TopVia!.Branch);
            Assert.All(dialog.Requests.Where(request => request.Method != SipMethod.Ack), request =>
                Assert.Single(dialog.Responses, response => response.IsFinal && response.CSeq == request.CSeq && response.TopVia!.Branch == request.TopVia!.Branch));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sequence_numbers_of_each_side_go_up_by_one() =>
        Prop.ForAll(SipArbitraries.Dialog, dialog =>
        {
            foreach (var side in dialog.Steps.Where(step => step.Message is SipRequest { Method.Name: not ("ACK" or "CANCEL") }).GroupBy(step => step.IsFromInitiator))
            {
                var numbers = side.Select(step => step.Message.CSeq!.Value.Number).ToList();
                Assert.Equal(Enumerable.Range(0, numbers.Count).Select(index => numbers[0] + (uint)index), numbers);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Within_a_dialog_tags_stay_and_requests_go_to_the_contact_over_the_route_set() =>
        Prop.ForAll(SipArbitraries.Dialog, dialog =>
        {
            var inside = dialog.Steps.Where(step => dialog.Kind != DialogKind.Messages && step.Message is SipRequest { To.Tag: not null, Method.Name: not "ACK" }).ToList();
            var opening = dialog.Requests.First();
            Assert.All(inside, step =>
            {
                var (own, other) = step.IsFromInitiator ? ("tag-i", "tag-a") : ("tag-a", "tag-i");
                Assert.Equal((own, other, opening.CallId), (step.Message.From!.Tag, step.Message.To!.Tag, step.Message.CallId));
            });
            Assert.All(inside.Where(step => !step.IsFromInitiator), step =>
            {
                Assert.Equal(opening.RecordRoutes, step.Message.Routes);
                Assert.Equal(opening.Contacts[0].Uri, ((SipRequest)step.Message).RequestUri);
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_acknowledgement_of_a_refusal_has_the_branch_of_its_invite_and_that_of_a_success_one_of_its_own() =>
        Prop.ForAll(SipArbitraries.Dialog, dialog =>
        {
            foreach (var ack in dialog.Requests.Where(request => request.Method == SipMethod.Ack))
            {
                var invite = dialog.Requests.Last(request => request.Method == SipMethod.Invite && request.CSeq!.Value.Number == ack.CSeq!.Value.Number && request.From!.Tag == ack.From!.Tag);
                Assert.Equal(dialog.Kind != DialogKind.Session, invite.TopVia!.Branch == ack.TopVia!.Branch);
            }
        }).QuickCheckThrowOnFailure();
}
