using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Testing.Generators;

public class ShrinkingTests
{
    private const int Count = 30;

    [Fact]
    public void A_request_shrinks_to_requests_that_are_as_valid() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(SipArbitraries.Request, request =>
        {
            foreach (var simpler in SipArbitraries.Request.Shrinker(request).Take(60))
            {
                Assert.Null(SipRules.Default.Validate(simpler));
                Assert.Equal(request.Method, simpler.Method);
                Assert.NotEqual(request.ToWireString(), simpler.ToWireString());
            }
        }));

    [Fact]
    public void With_nothing_to_hold_on_to_a_request_becomes_the_plainest_of_its_method()
    {
        foreach (var request in Sampled.Of(SipArbitraries.Request, Count).Where(request => request.Method == SipMethod.Message && request.RequestUri!.IsSip))
            Assert.Equal(
                [
                    "CSeq: 1 MESSAGE", "Call-ID: 1", "Content-Length: 0", "From: <sip:a@a.test>;tag=1", $"MESSAGE {PlainTarget(request)} SIP/2.0",
                    "Max-Forwards: 70", $"To: <sip:b@b.test>{(request.To!.Tag is null ? "" : ";tag=2")}", "Via: SIP/2.0/UDP a.test;branch=z9hG4bK1",
                ],
                Lines(Sampled.Shrunk(SipArbitraries.Request, request, _ => true)));

        static string PlainTarget(SipRequest request) => request.RequestUri!.User is null ? "sip:a.test" : "sip:a@a.test";
    }

    [Fact]
    public void What_makes_a_request_fail_stays_and_everything_else_goes()
    {
        var requests = Sampled.Of(SipArbitraries.Request, 150).Where(request => request.Headers.GetAll("Subject").Any(text => text.Contains('é', StringComparison.Ordinal))).ToList();
        Assert.NotEmpty(requests);
        foreach (var request in requests)
        {
            var shrunk = Sampled.Shrunk(SipArbitraries.Request, request, each => each.Headers.GetAll("Subject").Any(text => text.Contains('é', StringComparison.Ordinal)));
            Assert.DoesNotContain(' ', shrunk.Headers.Get("Subject")!);
            Assert.InRange(shrunk.Headers.Count, 8, 11);
            Assert.True(shrunk.Body.IsEmpty);
        }
    }

    [Fact]
    public void A_fold_that_makes_a_request_fail_is_kept()
    {
        foreach (var request in Sampled.Of(SipArbitraries.Request, Count).Where(IsFolded))
            Assert.True(IsFolded(Sampled.Shrunk(SipArbitraries.Request, request, IsFolded)));

        static bool IsFolded(SipRequest request) => System.Text.Encoding.UTF8.GetString(request.Bytes.Span[..^request.Body.Length]).Contains("\r\n ", StringComparison.Ordinal);
    }

    [Fact]
    public void A_multipart_body_loses_parts_and_stays_one()
    {
        var requests = Sampled.Of(SipArbitraries.Request, 80).Where(IsMultipart).ToList();
        Assert.NotEmpty(requests);
        foreach (var request in requests)
        {
            var shrunk = Sampled.Shrunk(SipArbitraries.Request, request, IsMultipart);
            Assert.EndsWith("--", shrunk.BodyText.TrimEnd().Replace("Nor this.", "", StringComparison.Ordinal).TrimEnd(), StringComparison.Ordinal);
            Assert.Equal(2, shrunk.BodyText.Split("--" + shrunk.ContentType!.Parameters.Get("boundary")).Length - 1);
        }

        static bool IsMultipart(SipRequest request) => request.ContentType?.Type == "multipart" && !request.Body.IsEmpty;
    }

    [Fact]
    public void A_response_keeps_its_class()
    {
        foreach (var response in Sampled.Of(SipArbitraries.Response, Count))
            Assert.Equal($"{response.StatusCode / 100}00", Sampled.Shrunk(SipArbitraries.Response, response, _ => true).StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Shrinking_ends_whatever_fails()
    {
        foreach (var uri in Sampled.Of(SipArbitraries.Uri, Count))
            Assert.True(Sampled.Shrunk(SipArbitraries.Uri, uri, _ => true).ToString().Length <= 24);
        foreach (var address in Sampled.Of(SipArbitraries.Address, Count))
            Assert.Null(Sampled.Shrunk(SipArbitraries.Address, address, _ => true).DisplayName);
        foreach (var header in Sampled.Of(SipArbitraries.Header, Count))
            Sampled.Shrunk(SipArbitraries.Header, header, _ => true);
        foreach (var dialog in Sampled.Of(SipArbitraries.Dialog, Count))
            Assert.InRange(Sampled.Shrunk(SipArbitraries.Dialog, dialog, _ => true).Steps.Count, 2, 8);
        foreach (var schedule in Sampled.Of(SipArbitraries.Faults, Count))
            Assert.Equal(new FaultSchedule(schedule.Seed), Sampled.Shrunk(SipArbitraries.Faults, schedule, _ => true));
    }

    private static IEnumerable<string> Lines(SipRequest request) =>
        request.ToWireString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
}
