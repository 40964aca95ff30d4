using System.Text;
using Rx.Sip.Messages;
using Rx.Sip.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Testing.Generators;

public class MessageMutatorTests
{
    private const int MaxLength = 20_000;

    private static readonly IReadOnlyList<ReadOnlyMemory<byte>> Originals = [.. Sampled.Of(SipArbitraries.Message, 20).Select(message => message.Bytes).Where(octets => octets.Length < MaxLength)];

    [Fact]
    public void The_same_seed_gives_the_same_octets()
    {
        Assert.Equal(Mutants(seed: 3, count: 300), Mutants(seed: 3, count: 300));
        Assert.NotEqual(Mutants(seed: 3, count: 300), Mutants(seed: 4, count: 300));
    }

    [Fact]
    public void Nothing_is_longer_than_allowed_and_the_limit_is_reached()
    {
        var lengths = Mutants(seed: 1, count: 5_000).Select(text => text.Length).ToList();

        Assert.Equal(MaxLength, lengths.Max());
        Assert.Equal(0, lengths.Min());
    }

    [Fact]
    public void Some_still_are_messages_and_every_defect_a_parser_knows_comes_up()
    {
        var results = Mutants(seed: 2, count: 5_000).Select(text => SipParser.Parse(Encoding.Latin1.GetBytes(text))).ToList();

        Assert.InRange(results.Count(result => result is SipParseResult.Parsed), 500, 4_500);
        // The first is for streams, the others take more than the longest of these.
        SipParseReason[] never = [SipParseReason.MissingContentLength, SipParseReason.TooLarge, SipParseReason.TooManyHeaders, SipParseReason.TooManyParameters];
        Assert.Empty(Enum.GetValues<SipParseReason>().Except(never).Except(results.OfType<SipParseResult.Malformed>().Select(result => result.Error.Reason)));
    }

    [Fact]
    public void One_empty_message_is_enough()
    {
        var mutator = new MessageMutator(1, [ReadOnlyMemory<byte>.Empty], maxLength: 10);
        for (var i = 0; i < 5000; i++)
            Assert.InRange(mutator.Next().Length, 0, 10);
    }

    private static List<string> Mutants(int seed, int count)
    {
        var mutator = new MessageMutator(seed, Originals, MaxLength);
        return [.. Enumerable.Range(0, count).Select(_ => Encoding.Latin1.GetString(mutator.Next().Span))];
    }
}
