using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Logging;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.Serving;

/// <summary>Everything that "diffseg serve" was asked.</summary>
/// <param name="Model">Which model, and what it runs on.</param>
/// <param name="Mask">How the attention becomes a mask, where a request does not say.</param>
/// <param name="Service">Where it listens, and what it takes.</param>
/// <param name="Log">How to log; null for text on a terminal and JSON elsewhere.</param>
internal sealed record ServeRequest(ModelSettings Model, DiffSegMaskOptions Mask, ServiceSettings Service, LogForm? Log);
