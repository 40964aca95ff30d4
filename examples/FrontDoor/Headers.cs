using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;

namespace FrontDoor;

/// <summary>Typed headers: those of the RFCs and one of our own, written into a request and read from it. Needs no server.</summary>
internal static class Headers
{
    private static readonly HeaderValueField<int> Floor = new("X-Floor", int.TryParse);

    public static Task<int> RunAsync()
    {
        var (bob, alice) = (NameAddress.Parse("Bob <sip:bob@example.test>"), SipUri.Parse("sip:alice@example.test"));
        var request = SipRequest.Create(SipMethod.Subscribe, alice, bob.WithTag("b1"), new NameAddress(alice), "c1@example.test", 1)
            .With(HeaderFields.Event, new SipEvent("presence").WithParameter("id", "7"))
            .With(HeaderFields.Expires, TimeSpan.FromMinutes(10))
            .With(HeaderFields.Accept, [MediaType.Parse("application/pidf+xml"), MediaType.Parse("text/*;q=0.5")])
            .WithAdded(HeaderFields.Path, NameAddress.Parse("<sip:edge.example.test;lr>"))
            .With(Floor, 3);
        Console.WriteLine(request.ToWireString());

        Console.WriteLine($"package {request.Get(HeaderFields.Event)?.Package}, floor {request.Get(Floor)}, for {request.Get(HeaderFields.Expires)}");
        foreach (var type in request.GetAll(HeaderFields.Accept).OrderByDescending(type => type.Quality))
            Console.WriteLine($"accepts {type.Name}");

        // Null says that there is no value; this says why.
        var broken = request.WithHeader("Replaces", "no tags here");
        Console.WriteLine($"{HeaderFields.Replaces}: {broken.ReadingOf(HeaderFields.Replaces)}, {HeaderFields.Join}: {broken.ReadingOf(HeaderFields.Join)}");
        return Task.FromResult(0);
    }
}
