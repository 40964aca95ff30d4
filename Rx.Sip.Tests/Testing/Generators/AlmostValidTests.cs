using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Testing.Generators;

public class AlmostValidTests
{
    [Fact]
    public void The_message_layer_gives_each_defect_the_answer_it_deserves() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(600), Prop.ForAll(SipArbitraries.AlmostValid, message => Assert.Equal(message.Status, Answer(message.Bytes))));

    [Fact]
    public void A_simpler_one_has_the_same_defect() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(SipArbitraries.AlmostValid, message =>
        {
            foreach (var simpler in SipArbitraries.AlmostValid.Shrinker(message).Take(30))
                Assert.Equal((message.Defect, message.Status, message.Status), (simpler.Defect, simpler.Status, Answer(simpler.Bytes)));
        }));

    [Fact]
    public void It_says_what_is_wrong_in_front_of_its_octets()
    {
        foreach (var message in Sampled.Of(SipArbitraries.AlmostValid, 50))
            Assert.StartsWith(message.Description + "\n", message.ToString(), StringComparison.Ordinal);
    }

    // What a user agent does with octets from the network; null when it answers nothing. A defect that is not noticed is a 200.
    private static int? Answer(ReadOnlyMemory<byte> octets) => SipParser.Parse(octets) switch
    {
        SipParseResult.Parsed { Message: SipRequest request } => MessageCheck.IsAnswerable(request) ? SipRules.Default.Validate(request)?.StatusCode ?? 200 : null,
        SipParseResult.Parsed { Message: SipResponse response } => MessageCheck.IsUsable(response) ? 200 : null,
        SipParseResult.Malformed { Error: { Readable: SipRequest request } error } when MessageCheck.IsAnswerable(request) => MessageCheck.Of(error, SipLimits.Default).StatusCode,
        _ => null,
    };
}
