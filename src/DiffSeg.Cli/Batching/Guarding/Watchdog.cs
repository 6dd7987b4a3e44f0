using DiffSeg.Cli.Batching.Telling;
using DiffSeg.Cli.Reporting;

namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>
/// Ends the process when an image takes longer than it may. There is no way to interrupt a decoder or a model from within,
/// and the next start knows what to leave out.
/// </summary>
/// <param name="hand">What is in hand.</param>
/// <param name="suspects">Where the image is recorded.</param>
/// <param name="limit">The longest that an image may take.</param>
/// <param name="oneByOne">Whether the model takes one picture at a time, so that the first in hand is the one at fault.</param>
/// <param name="log">Is told.</param>
/// <param name="end">Ends the process with an exit code.</param>
internal sealed class Watchdog(InHand hand, Suspects suspects, TimeSpan limit, bool oneByOne, BatchLog log, Action<int> end)
{
    /// <summary>Looks once.</summary>
    public void Look()
    {
        HandState state = hand.Look();
        if (state.Held <= limit)
        {
            return;
        }

        if (state.Storing)
        {
            log.Temporary($"the folder of the batch has not answered for {Duration.Text(state.Held)}");
        }
        else
        {
            Record(state);
        }

        end(ExitCode.Temporary);
    }

    private void Record(HandState state)
    {
        bool sure = oneByOne || state.Images.Count == 1;
        foreach (Running.BatchImage image in sure ? state.Images.Take(1) : state.Images)
        {
            log.TooLong(image.Id, image.Index, limit.TotalSeconds, sure ? "" : ", or another in hand beside it");
            try
            {
                suspects.TookTooLong(image.Index, image.Id, sure);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // The process ends all the same: hanging on would be worse than meeting the image again.
                log.Temporary($"the image cannot be recorded: {problem.Message}");
            }
        }
    }
}
