using Rx.Sip.Messages;
using Rx.Sip.Registration.Outbound;
using Xunit;

namespace Rx.Sip.Tests.Registration.Outbound;

public class InstanceIdTests
{
    // The example of [MS-SIPRE].
    [Fact]
    public void The_instance_of_an_endpoint_id_is_the_one_that_Office_Communications_Server_works_out() =>
        Assert.Equal(Guid.Parse("4b1682a8-f968-5701-83fc-7c6741dc6697"), InstanceId.Of("01010101"));

    [Fact]
    public void A_contact_is_marked_with_instance_and_flow_and_loses_them_again()
    {
        var contact = NameAddress.Parse("<sip:alice@192.0.2.1>");
        var marked = InstanceId.Mark(contact, Guid.Parse("4b1682a8-f968-5701-83fc-7c6741dc6697"), 2);
        Assert.Equal("<sip:alice@192.0.2.1>;+sip.instance=\"<urn:uuid:4b1682a8-f968-5701-83fc-7c6741dc6697>\";reg-id=2", marked.ToString());
        Assert.Equal("<urn:uuid:4b1682a8-f968-5701-83fc-7c6741dc6697>", marked.Parameters.Get(InstanceId.Parameter));
        Assert.Equal(contact, InstanceId.Bare(marked));
        Assert.False(InstanceId.WithoutFlow(marked).Parameters.Contains("reg-id"));
    }
}
