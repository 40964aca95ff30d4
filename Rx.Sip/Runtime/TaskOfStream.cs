using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Threading.Tasks;

namespace Rx.Sip.Runtime;

/// <summary>Tasks for those who would rather await than subscribe.</summary>
internal static class TaskOfStream
{
    /// <summary>
    /// Subscribes now; the result is the last value. Whoever awaits it goes on in a turn of its own on the scheduler, not inside the stream:
    /// blocking there holds up nobody, and virtual time runs it at the instant of the result.
    /// </summary>
    public static Task<T> ToTaskOn<T>(this IObservable<T> source, IScheduler scheduler, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<T>();
        source.ToTask(cancellationToken).ContinueWith(
            done => scheduler.Schedule((done, result), static (_, end) =>
            {
                end.result.SetFromTask(end.done);
                return Disposable.Empty;
            }),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return result.Task;
    }
}
