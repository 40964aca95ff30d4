using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Rx.Sip.Runtime;

/// <summary>The few effects of one step, held in place.</summary>
internal readonly struct StepEffects<TEffect>
{
    /// <summary>More than any machine asks for at once; asking for more is an error of the machine.</summary>
    public const int Capacity = 4;

    private readonly Slots _slots;

    public StepEffects(ReadOnlySpan<TEffect> effects)
    {
        Count = effects.Length;
        effects.CopyTo(_slots);
    }

    public int Count { get; }

    [UnscopedRef]
    public ReadOnlySpan<TEffect> AsSpan() => ((ReadOnlySpan<TEffect>)_slots)[..Count];

    public TEffect[] ToArray() => AsSpan().ToArray();

    [InlineArray(Capacity)]
    private struct Slots
    {
        private TEffect _first;
    }
}
