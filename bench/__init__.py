"""Speed, growth and weight of the portal, as ratios that hold on any machine; `make bench` runs it."""
