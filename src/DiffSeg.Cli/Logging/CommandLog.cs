using Microsoft.Extensions.Logging;

namespace DiffSeg.Cli.Logging;

/// <summary>What every command with a log says when it fails as a whole. The numbers of the events stay as they are.</summary>
internal static partial class CommandLog
{
    /// <summary>Says why a command cannot begin, or that it has a bug.</summary>
    /// <param name="logger">Writes it.</param>
    /// <param name="problem">What was thrown.</param>
    /// <returns>The exit code.</returns>
    public static int Failed(this ILogger logger, Exception problem)
    {
        if (problem is not SetupException)
        {
            logger.Bug(problem);
            return ExitCode.Bug;
        }

        foreach (string line in problem.Message.Split(Environment.NewLine))
        {
            logger.CannotBegin(line);
        }

        return ExitCode.Setup;
    }

    [LoggerMessage(12, LogLevel.Critical, "{Reason}")]
    private static partial void CannotBegin(this ILogger logger, string reason);

    [LoggerMessage(13, LogLevel.Critical, "This is a bug in diffseg; please report it")]
    private static partial void Bug(this ILogger logger, Exception bug);
}
