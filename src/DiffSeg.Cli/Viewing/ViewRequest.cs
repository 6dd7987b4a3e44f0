using DiffSeg.Cli.CommandLine;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.Viewing;

/// <summary>Everything that "diffseg view" was asked.</summary>
/// <param name="Input">Which pictures.</param>
/// <param name="Model">Which model, and what it runs on.</param>
/// <param name="Mask">How the attention becomes a mask.</param>
/// <param name="Page">Where the page is, and what it shows besides.</param>
internal sealed record ViewRequest(InputSettings Input, ModelSettings Model, DiffSegMaskOptions Mask, PageSettings Page);
