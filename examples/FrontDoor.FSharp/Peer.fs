/// A peer that is called and calls, over TLS: those that show no certificate of example.test are turned away.
module FrontDoor.Peer

open System
open System.Net
open System.Security.Cryptography.X509Certificates
open FSharp.Control.Reactive
open Rx.Sip
open Rx.Sip.Transports

let run (file: string) (password: string) (other: string) =
    task {
        use certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password)

        use manager =
            new RealTimeServerTlsConnectionManager(
                ConnectionManagerSettings(
                    Tls = TlsSettings(Certificate = certificate, NeedMutualTls = true),
                    NeedsConnectionAuthorization = true
                )
            )

        use endpoint = new SipPeerToPeerEndpoint("sip:alice@example.test", manager)

        use _ =
            manager.ConnectionAuthorizationRequests
            |> Observable.filter (fun request -> request.Connection.RemoteDomains.Contains "example.test")
            |> Observable.subscribe (fun request -> request.Allow())

        use _ = endpoint.Messages |> Observable.subscribe (printfn "%O")

        use _ =
            manager.TlsFailures
            |> Observable.subscribe (fun failure -> printfn $"{failure.RemoteEndPoint}: {failure.Reason}")

        use _ =
            manager.StartListening(IPEndPoint(IPAddress.Any, 5061))
            |> Observable.subscribe (printfn "listening on %O")

        let! response = endpoint.SendMessageAsync(other, "hello")
        printfn $"{response}"
        Console.ReadLine() |> ignore
    }
