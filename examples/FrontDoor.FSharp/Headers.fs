/// Typed headers: those of the RFCs and some of our own, written into a request and read from it. Needs no server.
module FrontDoor.Headers

open System
open Rx.Sip.Messages
open Rx.Sip.Messages.Headers

/// A header of one's own that holds a number.
let floor =
    HeaderValueField<int>("X-Floor", fun text value -> Int32.TryParse(text, &value))

/// What a header of one's own may hold besides.
type Room =
    {
        House: string
        Number: int
    }

    override room.ToString() = $"{room.House}-{room.Number}"

let room =
    HeaderField<Room>(
        "X-Room",
        fun text value ->
            match text.Split '-' with
            | [| house; number |] when house <> "" && fst (Int32.TryParse number) ->
                value <- { House = house; Number = int number }
                true
            | _ -> false
    )

let run () =
    let bob = NameAddress.Parse "Bob <sip:bob@example.test>"
    let alice = SipUri.Parse "sip:alice@example.test"

    let request =
        SipRequest
            .Create(SipMethod.Subscribe, alice, bob.WithTag "b1", NameAddress alice, "c1@example.test", 1u)
            .With(HeaderFields.Event, SipEvent("presence").WithParameter("id", "7"))
            .With(HeaderFields.Expires, TimeSpan.FromMinutes 10.0)
            .With(HeaderFields.Accept, [ MediaType.Parse "application/pidf+xml"; MediaType.Parse "text/*;q=0.5" ])
            .WithAdded(HeaderFields.Path, NameAddress.Parse "<sip:edge.example.test;lr>")
            .With(floor, 3)
            .With(room, { House = "A"; Number = 12 })

    printfn "%s" (request.ToWireString())

    match request.Get HeaderFields.Event with
    | null -> printfn $"no event: {request.ReadingOf HeaderFields.Event}"
    | event -> printfn $"package {event.Package}, id {event.Id}"

    match Option.ofNullable (request.Get HeaderFields.Expires) with
    | Some time -> printfn $"for {time}"
    | None -> printfn "for ever"

    for accepted in request.GetAll HeaderFields.Accept do
        printfn $"accepts {accepted.Name}, {accepted.Quality}"

    printfn $"room {request.Get room}, floor {request.Get floor}"
