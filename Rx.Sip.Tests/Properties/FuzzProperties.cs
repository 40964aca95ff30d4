using Rx.Sip.Benchmarks.Fuzz.Scrutiny;
using Rx.Sip.Testing.Generators;
using Rx.Sip.Tests.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Properties;

/// <summary>Some of the inputs that <c>benchmarks fuzz</c> makes millions of, half a minute's worth. The number is fixed, not the time.</summary>
public class FuzzProperties
{
    private const int Mutants = 30_000;
    private const int MaxLength = 8 * 1024;

    [Fact]
    public void Whatever_arrives_nothing_throws_and_what_is_read_is_written_and_read_again()
    {
        var scrutiny = new MessageScrutiny(new Random(1), every: 1);
        var mutator = new MessageMutator(1, [.. Generated(), .. Torture()], MaxLength);
        for (var i = 0; i < Mutants; i++)
            Examine(scrutiny, mutator.Next());

        Assert.InRange(scrutiny.Messages, Mutants / 5, Mutants);
        Assert.InRange(scrutiny.Readable, Mutants / 5, Mutants);
    }

    [Fact]
    public void Valid_messages_and_those_with_one_defect_pass_too()
    {
        var scrutiny = new MessageScrutiny(new Random(1), every: 1);
        foreach (var octets in Generated().Concat(Torture()))
            Examine(scrutiny, octets);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Generated() =>
        Sampled.Of(SipArbitraries.Message, 80).Select(message => message.Bytes).Concat(Sampled.Of(SipArbitraries.AlmostValid, 40).Select(message => message.Bytes));

    private static IEnumerable<ReadOnlyMemory<byte>> Torture() =>
        Directory.EnumerateFiles(Repository.Path("Rx.Sip.Tests", "Messages", "Torture"), "*.dat", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file));

    private static void Examine(MessageScrutiny scrutiny, ReadOnlyMemory<byte> octets)
    {
        try
        {
            scrutiny.Examine(octets);
        }
        catch (Exception error)
        {
            throw new Xunit.Sdk.XunitException($"benchmarks fuzz --input {Convert.ToBase64String(octets.Span)}\n{error}");
        }
    }
}
