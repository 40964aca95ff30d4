using Xunit;

namespace Rx.Sip.Tests;

/// <summary>Tests that measure the whole process, its memory for example: they run when no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class MeasuredAlone
{
    public const string Name = "Measured alone";
}
