using Rx.Sip.Testing.Generators.Mutations;

namespace Rx.Sip.Testing.Generators;

/// <summary>
/// Spoils messages, for fuzzing what reads them: flips and cuts octets, splices two messages, repeats, swaps and drops header lines, changes
/// numbers, line ends and tokens, makes lists huge and nesting deep. What comes out is mostly no message any more, but close to one.
/// The same seed and the same messages give the same octets. Not safe for several threads at once: one for each.
/// </summary>
public sealed class MessageMutator
{
    private const int MostMutations = 4;

    private readonly Random _random;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _messages;
    private readonly MutationRoom _room;

    /// <summary>A mutator of these messages.</summary>
    /// <param name="seed">Decides every mutation.</param>
    /// <param name="messages">What is spoiled; at least one.</param>
    /// <param name="maxLength">The longest that may come out, in octets.</param>
    public MessageMutator(int seed, IReadOnlyList<ReadOnlyMemory<byte>> messages, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentOutOfRangeException.ThrowIfZero(messages.Count, nameof(messages));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        (_random, _messages, _room) = (new Random(seed), messages, new MutationRoom(maxLength));
    }

    /// <summary>The next spoiled message. Its octets are good until the next call.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        _room.Set(Any().Span);
        for (var left = _random.Next(1, MostMutations + 1); left > 0; left--)
            MutationTable.All[_random.Next(MutationTable.All.Length)](_room, _random, Any().Span);
        return _room.Octets;
    }

    private ReadOnlyMemory<byte> Any() => _messages[_random.Next(_messages.Count)];
}
