using System.Runtime.CompilerServices;
using DiffSeg.MLNet.Chain;

namespace DiffSeg.MLNet.Tests.Chain;

public sealed class FinalizersOnHoldTests
{
    [Fact]
    public void Nothing_is_finalized_meanwhile_and_everything_afterwards()
    {
        var finalized = new ManualResetEventSlim();

        bool meanwhile = FinalizersOnHold.While(() =>
        {
            Abandon(finalized);
            for (int i = 0; i < 5; i++)
            {
                GC.Collect();
            }

            return finalized.Wait(TimeSpan.FromMilliseconds(200));
        });
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.False(meanwhile);
        Assert.True(finalized.IsSet);
    }

    [Fact]
    public void An_error_lets_finalizers_go_on()
    {
        var finalized = new ManualResetEventSlim();

        Assert.Throws<InvalidOperationException>(() => FinalizersOnHold.While<int>(() => throw new InvalidOperationException()));
        Abandon(finalized);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.True(finalized.IsSet);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(ManualResetEventSlim finalized) => _ = new Finalizable(finalized);

    private sealed class Finalizable(ManualResetEventSlim finalized)
    {
        ~Finalizable() => finalized.Set();
    }
}
