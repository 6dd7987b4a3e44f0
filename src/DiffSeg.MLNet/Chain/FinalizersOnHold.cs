using System.Runtime.CompilerServices;

namespace DiffSeg.MLNet.Chain;

/// <summary>
/// Holds the process's finalizers back while a model is loaded. ML.NET hands ONNX Runtime session options that nothing
/// keeps alive (OnnxModel's constructor, InferenceSession.Init), and ONNX Runtime reads them again after it has parsed the
/// model. If a garbage collection finalizes them meanwhile, the process ends in a segmentation fault: seen in three of
/// four runs of tests that load models while other threads allocate.
/// </summary>
internal static class FinalizersOnHold
{
    private const int Attempts = 20;
    private const int WholeHeapFrom = 3; // another collection may have moved our object to an older generation
    private static readonly TimeSpan PerAttempt = TimeSpan.FromMilliseconds(50);
    private static readonly Lock Gate = new();

    /// <summary>Does something while no finalizer runs.</summary>
    /// <param name="action">What to do; it must not wait for finalizers.</param>
    public static T While<T>(Func<T> action)
    {
        lock (Gate)
        {
            // There is one finalizer thread. A finalizer of ours keeps it until the work is done.
            var hold = new Hold();
            Abandon(hold);
            for (int i = 0; i < Attempts && !hold.Begun.IsSet; i++)
            {
                GC.Collect(i < WholeHeapFrom ? 0 : GC.MaxGeneration);
                hold.Begun.Wait(PerAttempt);
            }

            try
            {
                return action();
            }
            finally
            {
                hold.Done.Set();
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // so that nothing in the caller keeps the object alive
    private static void Abandon(Hold hold) => _ = new Blocker(hold);

    /// <summary>Not disposed: a finalizer that comes late still looks at it.</summary>
    private sealed class Hold
    {
        public ManualResetEventSlim Begun { get; } = new();

        public ManualResetEventSlim Done { get; } = new();
    }

    private sealed class Blocker(Hold hold)
    {
        ~Blocker()
        {
            hold.Begun.Set();
            hold.Done.Wait();
        }
    }
}
