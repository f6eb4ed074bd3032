### stations/klimek

klimek-statement = Klimek’s model, around { $turnout } turnout and { $share } for { $leader }, fits best with votes added at { $incremental } of the stations and nearly all votes given to { $leader } at { $extreme }; honest differences between regions and between town and country give such numbers too.
klimek-statement-not-described = Klimek’s model does not describe these stations ({ $misfit } of them would have to lie elsewhere; peaks at { $turnout } turnout and { $share } for { $leader }), so its shares of { $incremental } and { $extreme } say nothing.
klimek-few = Klimek’s model was not fitted to { $leader }: there are fewer than { $fewest } stations with a register and a share.
klimek-no-data = Klimek’s model cannot be fitted: the table lacks { $column }.
klimek-no-peak = Klimek’s model cannot be fitted to { $leader }: turnout or share has no peak above 30% ({ $fewest } stations or more are there).
klimek-no-fit = Klimek’s model cannot be fitted to { $leader }: no mixture could be solved for ({ $fewest } stations or more are there).
klimek-brief = f_i { $incremental }, f_e { $extreme }, alpha { $alpha }; honest differences give such too
klimek-brief-not-described = the model does not fit these stations; its numbers say nothing
klimek-brief-no-fit = the model could not be fitted
klimek-caveat-diverse = The model knows no honest diversity: whatever is not two independent bell curves of turnout and share counts as added votes.
klimek-caveat-models = Two related models gave 13% and 46% for the same 500 stations, so the fitted shares are not shares of falsified stations.
klimek-caveat-accepted = Fitted to clean elections in the same way, whether it describes them or not, f_i is { $incremental-low } to { $incremental-high } and f_e { $extreme-low } to { $extreme-high }.
klimek-caveat-alpha = The exponent alpha lies at the edge of the range from 0.5 to 5 that was tried: these data hardly determine it.
klimek-source-peak = first peak above 0.3 of a Gaussian kernel density over stations with papers in the box, in steps of 0.001
klimek-source-spread = root mean square distance from the peak, of stations below it
klimek-source-theta = square root of the spread of shares above their peak
klimek-source-height = height of the lower of the two peaks as a part of the highest density of turnout or share
klimek-source-fit = best mixture for the histogram of the side’s votes per registered voter, stations with at least 100 voters, 100 bins, squares divided by the observed part
klimek-source-distance = sum over bins of squared differences divided by the observed part
klimek-source-misfit = part of stations that would have to change their bin to agree with the model
klimek-figure = Votes for { $leader } per registered voter, and Klimek’s model
klimek-figure-description = Part of the stations by votes for { $leader } per registered voter, observed and by the fitted model.
klimek-axis-votes = votes for { $leader } per registered voter
klimek-axis-stations = part of the stations
klimek-series-observed = observed
klimek-series-model = model
