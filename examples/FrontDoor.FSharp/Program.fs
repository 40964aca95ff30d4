// With "headers": typed headers. With "peer FILE PASSWORD URI": a peer over TLS. Without, expects: rxsip serve --domain example.test --user alice:secret
open System
open System.Net
open FSharp.Control.Reactive
open Rx.Sip

let run () =
    task {
        use platform =
            new CollaborationPlatform(ClientPlatformSettings("Hello/1.0", SipTransportType.Tcp))

        do! platform.StartupAsync()

        use alice =
            new UserEndpoint(
                platform,
                UserEndpointSettings(
                    "sip:alice@example.test",
                    "127.0.0.1",
                    5060,
                    Credential = NetworkCredential("alice", "secret")
                )
            )

        use _ =
            alice.State
            |> Observable.map (fun state ->
                match state with
                | :? EndpointState.Established as e -> $"registered until {e.Until}"
                | :? EndpointState.Reestablishing as r -> $"lost ({r.Cause}), next try at {r.NextAttempt}"
                | other -> string other)
            |> Observable.subscribe (printfn "%s")

        use _ =
            alice.Messages
            |> Observable.flatmap (fun m -> alice.SendMessage(m.From, $"you said {m.Text}"))
            |> Observable.subscribe ignore

        do! alice.EstablishAsync()
        Console.ReadLine() |> ignore
    }

match Environment.GetCommandLineArgs() with
| [| _; "headers" |] -> FrontDoor.Headers.run ()
| [| _; "peer"; file; password; other |] -> (FrontDoor.Peer.run file password other).GetAwaiter().GetResult()
| _ -> run().GetAwaiter().GetResult()
