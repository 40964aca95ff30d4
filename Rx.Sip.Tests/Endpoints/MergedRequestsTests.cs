using System.Globalization;
using Rx.Sip.Tests.Doubles;
using Xunit;

namespace Rx.Sip.Tests.Endpoints;

/// <summary>RFC 3261 §8.2.2.2: the same request by two ways is one request.</summary>
public class MergedRequestsTests
{
    private readonly WatchedTime _time = new();

    [Fact]
    public void A_request_has_come_before_by_its_Call_ID_CSeq_and_From_tag_whatever_its_branch()
    {
        var merged = new MergedRequests(_time, TimeSpan.FromSeconds(32));
        var request = Say.Register().WithHeader("Via", "SIP/2.0/UDP a;branch=z9hG4bK1");
        Assert.False(merged.HasCome(request));
        Assert.True(merged.HasCome(request.WithHeader("Via", "SIP/2.0/UDP b;branch=z9hG4bK2")));
        Assert.False(merged.HasCome(request.WithHeader("CSeq", "2 REGISTER")));
        Assert.False(merged.HasCome(request.WithHeader("From", "<sip:alice@example.test>;tag=other")));
        Assert.False(merged.HasCome(request.WithHeader("Call-ID", "other")));
    }

    [Fact]
    public void After_the_time_of_a_transaction_it_is_a_new_one_and_no_flood_is_remembered_whole()
    {
        var merged = new MergedRequests(_time, TimeSpan.FromSeconds(32));
        var request = Say.Register();
        Assert.False(merged.HasCome(request));
        _time.AdvanceBy(TimeSpan.FromSeconds(32));
        Assert.False(merged.HasCome(request));
        for (var i = 0; i < 5000; i++)
            Assert.False(merged.HasCome(request.WithHeader("Call-ID", i.ToString(CultureInfo.InvariantCulture))));
        Assert.False(merged.HasCome(request));
    }
}
